package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.policy.PeerShowing;
import io.twinspan.registry.policy.PolicyTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is the same for all services of a session.
 *
 * @param own the session's datacenter
 * @param peers the other datacenters of the federation
 * @param zone the session's zone: it filters scope zone, and clients are told that they are in it
 * @param ownFirstThreshold scope global is shown the peers when own has fewer addresses, unless a policy says otherwise
 * @param policies what operators have decided
 */
public record ServiceFacts(
        DatacenterId own, List<DatacenterId> peers, String zone, int ownFirstThreshold, PolicyTable policies) {
    /** Copies the peers; refuses a threshold below 1, which would never show any. */
    public ServiceFacts {
        peers = List.copyOf(peers);
        if (ownFirstThreshold < 1) {
            throw new IllegalArgumentException(
                    "own-first-threshold is " + ownFirstThreshold + ", which is not at least 1");
        }
    }

    /** The facts while nobody has decided anything. */
    public ServiceFacts(DatacenterId own, List<DatacenterId> peers, String zone, int ownFirstThreshold) {
        this(own, peers, zone, ownFirstThreshold, PolicyTable.EMPTY);
    }

    /** The same under other policies. */
    ServiceFacts with(PolicyTable others) {
        return new ServiceFacts(own, peers, zone, ownFirstThreshold, others);
    }

    /** How a service is shown of each peer. */
    Map<DatacenterId, PeerShowing> showings(DataInfoId service) {
        Map<DatacenterId, PeerShowing> showings = new LinkedHashMap<>();
        PeerShowing undecided = PeerShowing.ownFirst(ownFirstThreshold);
        peers.forEach(peer -> showings.put(peer, policies.showing(peer, service, undecided)));
        return showings;
    }
}
