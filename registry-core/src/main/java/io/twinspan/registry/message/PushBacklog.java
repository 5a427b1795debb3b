package io.twinspan.registry.message;

/**
 * What a session holds back because push is closed.
 *
 * @param pushVersion of the switch that the session obeys
 * @param services with a subscriber that is behind
 * @param clients with a subscription that is behind
 * @param pushes that would go out at least
 */
public record PushBacklog(long pushVersion, int services, int clients, int pushes) {}
