package io.twinspan.registry.node;

import java.time.Duration;

/**
 * Which connections a node keeps open to the others.
 *
 * @param dataConnections of a session to each data node, 1 to 64
 * @param mendEvery how often connections that are missing are made again
 */
record LinkSettings(int dataConnections, Duration mendEvery) {
    private static final int MOST = 64;

    LinkSettings {
        if (dataConnections < 1 || dataConnections > MOST) {
            throw new IllegalArgumentException(
                    "twinspan.session.data-connections is " + dataConnections + "; take 1 to " + MOST);
        }
        if (mendEvery.toMillis() < 1) {
            throw new IllegalArgumentException("links.mend-every is " + mendEvery + "; take at least 1 ms");
        }
    }

    /** As many to each data node, mended every 2 s. */
    static LinkSettings of(int dataConnections) {
        return new LinkSettings(dataConnections, Duration.ofSeconds(2));
    }
}
