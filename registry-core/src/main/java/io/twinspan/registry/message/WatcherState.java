package io.twinspan.registry.message;

/**
 * What one client has of a provided value.
 *
 * @param client {@code ip:port}
 * @param registId the client's own id of its wish
 * @param acknowledged highest version it has acknowledged; 0 when none
 */
public record WatcherState(String client, String registId, long acknowledged) {}
