package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * D3, first half: what a client has stopped showing because it was taken back or replaced never comes back. When a crash has lost
 * the news of it, the old may come back, but only after the slot has settled: until then nothing from a disk passes for confirmed.
 */
final class NothingReturns implements Invariant<ShownChange> {
    /** No slot settles earlier after a start. */
    private static final Duration SETTLES_AFTER = Duration.ofSeconds(15);

    /** No follower that has been up all the time leads earlier than that in the place of a leader that is lost. */
    private static final Duration TAKES_OVER_AFTER = Duration.ofSeconds(3);

    /** T: whatever a session has taken is at the data nodes, and what it says later comes later. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

    private final Map<Subscription, Set<String>> over = new HashMap<>();

    @Override
    public List<String> violations(ShownChange change) {
        List<String> found = new ArrayList<>();
        Set<String> past = over.computeIfAbsent(change.subscriber(), each -> new HashSet<>());
        if (change.subscriber().client().hasMoved()) {
            // Lists of two datacenters are two histories.
            past.clear();
            return found;
        }
        if (!past.isEmpty()) {
            change.world().coverage().checked("D3");
        }
        for (String address : change.after()) {
            if (!change.before().contains(address)
                    && past.contains(address)
                    && !isLost(change, address)
                    && !isStoodBehind(change, address)) {
                found.add("D3 " + change.subscriber() + " shows " + address + " again, which was over");
            }
        }
        for (String address : change.before()) {
            if (!change.after().contains(address)) {
                change.world()
                        .findPublication(address)
                        .filter(each -> isNear(change, each)
                                && (!each.isWanted() || !each.address().equals(address))
                                && isSaid(each)
                                && !isLeftJustNow(change, each.client()))
                        .ifPresent(each -> past.add(address));
            }
        }
        return found;
    }

    /** True when the news that it is over may have been lost with the memory of nodes that have settled without it. */
    private static boolean isLost(ShownChange change, String address) {
        long now = change.world().time().nanos();
        return change.world()
                .findPublication(address)
                .filter(each -> now - each.blurredNanos()
                        >= settlesAfter(change.world(), each).toNanos())
                .isPresent();
    }

    private static Duration settlesAfter(SimulatedWorld world, Publication publication) {
        boolean isTakenOver = PlacesAgree.dataNodes(world, publication.client().datacenter()).stream()
                .anyMatch(node -> node.isUp() && node.startedNanos() < publication.blurredNanos());
        return isTakenOver ? TAKES_OVER_AFTER : SETTLES_AFTER;
    }

    /**
     * True while a session has not heard yet that the connection is dead over which a client that has stopped had registered this. It
     * cannot tell that from a live one, which must not be lost when the one that the client had after it is closed; and when it
     * could not say so in time, because the data node was away, the list has been without it for a moment.
     */
    private static boolean isStoodBehind(ShownChange change, String address) {
        return change.world()
                .findPublication(address)
                .filter(each -> each.client().isStopped()
                        && each.isLastSaid(address)
                        && change.world().time().nanos() <= each.client().knownGoneNanos())
                .isPresent();
    }

    /**
     * True when it may be that the end of an earlier connection has taken it off the list, before the session to which its client
     * went has said anything: first it says there what it said before, and only then that this is over. It is shown in between.
     */
    private static boolean isLeftJustNow(ShownChange change, LiteralClient client) {
        long since = change.world().time().nanos() - client.knownGoneNanos();
        return client.knownGoneNanos() > 0 && since >= 0 && since < TOLD_WITHIN.toNanos();
    }

    /** False while no session has been told yet: another that holds what was registered before may still bring it to the leader. */
    private static boolean isSaid(Publication publication) {
        return publication.client().isStopped() || publication.isAcknowledged();
    }

    /** Of a peer's segment the same content may rightly come back: the view hides it and shows it again as last known. */
    private static boolean isNear(ShownChange change, Publication publication) {
        LiteralClient client = publication.client();
        return !client.hasMoved()
                && client.datacenter().equals(change.subscriber().client().datacenter());
    }
}
