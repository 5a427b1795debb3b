package io.twinspan.registry.failover;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.SessionTotals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is computed from, seen by the metas of the target.
 *
 * @param to the datacenter that is to become active
 * @param known the datacenters of the federation, as they are configured at the target
 * @param state what the target knows of duty
 * @param target how the target is
 * @param source how the datacenter is that is active now; null when it does not answer
 * @param atMillis when it was looked at
 * @param hooked at which steps operators have hooks at the target
 */
public record FailoverFacts(
        DatacenterId to,
        Set<DatacenterId> known,
        FederationState state,
        Side target,
        @Nullable Side source,
        long atMillis,
        Set<FailoverStep> hooked) {
    /** Copies the names. */
    public FailoverFacts {
        known = Set.copyOf(known);
        hooked = Set.copyOf(hooked);
    }

    /** Everything that clients have registered on both sides, as far as these were asked. */
    public SessionTotals totals() {
        return source == null ? target.totals() : target.totals().plus(source.totals());
    }

    /** The datacenter whose clients are to move: the one that is active now, or the source where the target is active itself. */
    public Optional<DatacenterId> from() {
        Side other = source;
        return other != null && isGathering() ? Optional.of(other.datacenter()) : state.active();
    }

    /** True when the target is active already, and only clients that are still elsewhere are to come. */
    boolean isGathering() {
        return source != null
                && !source.datacenter().equals(to)
                && state.active().equals(Optional.of(to));
    }

    /**
     * One datacenter.
     *
     * @param epoch that its meta follows; null for none
     * @param sessions that answered
     * @param clients connected to them
     * @param room clients that they could have in all
     * @param silent nodes that are members and did not answer
     * @param publishers registered there
     * @param services with publishers there
     * @param totals of what clients have registered at the sessions
     * @param isSettled whether all slots that were told of know what is true
     * @param peers what it knows and holds of the others
     * @param running a run of which it is the target and that is not over; empty when there is none
     */
    public record Side(
            DatacenterId datacenter,
            @Nullable FederationEpoch epoch,
            int sessions,
            int clients,
            int room,
            int silent,
            int publishers,
            int services,
            SessionTotals totals,
            boolean isSettled,
            List<Holdings.OfPeer> peers,
            String running) {
        private static final List<String> WORST_LAST =
                List.of("SYNCED", "LAGGING", "OFF", "STALE", "INCOMPATIBLE", "UNREACHABLE");

        /** Copies. */
        public Side {
            peers = List.copyOf(peers);
        }

        /** What it holds of another datacenter; empty when it knows nothing of it. */
        public Optional<Holdings.OfPeer> of(DatacenterId peer) {
            return peers.stream().filter(each -> each.peer().equals(peer)).findFirst();
        }

        /** What several data nodes said of their peers, as one: each knows all that is announced, and holds what it leads. */
        public static List<Holdings.OfPeer> together(List<Holdings> nodes) {
            Map<DatacenterId, Holdings.OfPeer> all = new HashMap<>();
            nodes.stream()
                    .flatMap(node -> node.peers().stream())
                    .forEach(each -> all.merge(
                            each.peer(),
                            each,
                            (a, b) -> new Holdings.OfPeer(
                                    a.peer(),
                                    WORST_LAST.indexOf(a.word()) >= WORST_LAST.indexOf(b.word()) ? a.word() : b.word(),
                                    Math.max(a.known(), b.known()),
                                    a.held() + b.held(),
                                    a.stale() + b.stale(),
                                    Math.max(a.lagSeconds(), b.lagSeconds()),
                                    a.outdated() + b.outdated(),
                                    Stream.concat(a.byVersionOnly().stream(), b.byVersionOnly().stream())
                                            .sorted()
                                            .toList())));
            return all.values().stream()
                    .sorted(Comparator.comparing(Holdings.OfPeer::peer))
                    .toList();
        }
    }
}
