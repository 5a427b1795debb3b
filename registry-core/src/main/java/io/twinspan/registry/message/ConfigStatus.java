package io.twinspan.registry.message;

import java.util.List;

/**
 * How one provided value stands in one datacenter.
 *
 * @param watchers the clients that asked for it
 * @param silentSessions sessions that did not say which clients they have
 */
public record ConfigStatus(ProvidedDigest held, List<WatcherState> watchers, int silentSessions) {
    /** Copies the watchers. */
    public ConfigStatus {
        watchers = List.copyOf(watchers);
    }
}
