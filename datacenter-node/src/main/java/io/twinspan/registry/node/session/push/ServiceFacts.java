package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.policy.PeerShowing;
import io.twinspan.registry.policy.PolicyTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all services of a session.
 *
 * @param own the session's datacenter
 * @param peers the other datacenters of the federation
 * @param zone the session's zone: it filters scope zone, and clients are told that they are in it
 * @param ownFirstThreshold scope global is shown the peers when own has fewer addresses, unless a policy says otherwise
 * @param policies what operators have decided
 * @param movingWith the peer between which and here clients move now; null for none
 */
public record ServiceFacts(
        DatacenterId own,
        List<DatacenterId> peers,
        String zone,
        int ownFirstThreshold,
        PolicyTable policies,
        @Nullable DatacenterId movingWith) {
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
        this(own, peers, zone, ownFirstThreshold, PolicyTable.EMPTY, null);
    }

    /** The same under other policies. */
    ServiceFacts with(PolicyTable others) {
        return new ServiceFacts(own, peers, zone, ownFirstThreshold, others, movingWith);
    }

    /** The same while clients move between here and that peer; with nobody when it is null. */
    ServiceFacts with(@Nullable DatacenterId counterpart) {
        return new ServiceFacts(own, peers, zone, ownFirstThreshold, policies, counterpart);
    }

    /** How a service is shown of each peer. */
    Map<DatacenterId, PeerShowing> showings(DataInfoId service) {
        Map<DatacenterId, PeerShowing> showings = new LinkedHashMap<>();
        PeerShowing undecided = PeerShowing.ownFirst(ownFirstThreshold);
        peers.forEach(peer -> showings.put(
                peer, peer.equals(movingWith) ? PeerShowing.MOVING : policies.showing(peer, service, undecided)));
        return showings;
    }
}
