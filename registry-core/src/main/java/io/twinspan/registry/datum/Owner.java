package io.twinspan.registry.datum;

/**
 * Who stands behind a registration: one connection at one life of a session. A removal by close, idleness or lease names the
 * owner and does nothing when the owner has changed meanwhile.
 *
 * @param connection number of the connection within that life, never used twice in it
 */
public record Owner(SessionIncarnation session, long connection) {}
