package io.twinspan.registry.message;

/** Meta to a session: how much is registered at you. */
public record FetchSessionTotals() implements Request<SessionTotals> {}
