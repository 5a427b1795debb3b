package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;

/**
 * What is the same for all services of a session.
 *
 * @param own the session's datacenter
 * @param peers the other datacenters of the federation
 * @param zone the session's zone: it filters scope zone, and clients are told that they are in it
 * @param ownFirstThreshold scope global is shown the peers when own has fewer addresses
 */
public record ServiceFacts(DatacenterId own, List<DatacenterId> peers, String zone, int ownFirstThreshold) {
    /** Copies the peers; refuses a threshold below 1, which would never show any. */
    public ServiceFacts {
        peers = List.copyOf(peers);
        if (ownFirstThreshold < 1) {
            throw new IllegalArgumentException(
                    "own-first-threshold is " + ownFirstThreshold + ", which is not at least 1");
        }
    }
}
