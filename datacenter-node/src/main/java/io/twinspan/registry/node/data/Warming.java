package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides when a slot settles that has come to this node. The other replicas come first: what they hold is taken in, or they are
 * given up. One whose content is known to be incomplete gives nobody up who may have the rest: a leader that is stalled together
 * with a session is all there is of that session's registrations. Then, by where the content is from:
 *
 * <ul>
 *   <li>from memory, here or at another replica: as soon as every session that the cluster lists has been compared with it;
 *   <li>from disk: in the same way when nobody else owns anything in it and all of them were there before it was last written:
 *       what the disk lacks they have, but of a session that ended with this node nobody has it before its clients are back. Else
 *       from the earliest time on when none of it has been renewed for the quiet time;
 *   <li>from nowhere: at the earliest time, once every session that the cluster lists has been compared with it: a session may
 *       have heard of no table yet, and what its clients offer would be confirmed away.
 * </ul>
 *
 * At the latest time in any case. Pure.
 */
final class Warming {
    /** Where the content of a slot is from when it comes to this node. */
    enum Origin {
        /** There is none, so that nothing can be said of what is absent. */
        NOWHERE,
        /** It was on disk when this process began, and a leader was about to bring what is missing. */
        PART,
        /** It was on disk when this process began; what came after is missing. */
        DISK,
        /** It was led or followed by a process that lives. */
        MEMORY
    }

    /** Most closings that are remembered until every replica has been merged; those beyond it sessions repair. */
    private static final int MOST_ENDED = 1_000;

    /** What an end took away; whoever was only taken out registers anew, and then it is none. */
    private record Ended(RegistrationId id, Owner owner) {}

    private final DataSettings.Warming settings;
    private final long giveUpNanos;
    private final long sinceNanos;
    private final long lastLed;
    private final Map<NodeId, Long> heardNanos = new HashMap<>();
    private final Set<NodeId> toMerge = new HashSet<>();
    private final Set<SessionIncarnation> reconciled = new HashSet<>();
    private final Set<Ended> ended = new HashSet<>();
    private Origin origin;
    private long renewedNanos;
    private boolean isSettled;

    Warming(DataSettings settings, LeadershipStart start, long nowNanos) {
        this.settings = settings.warming();
        this.giveUpNanos = settings.replication().giveUp().toNanos();
        this.origin = start.origin();
        this.lastLed = Stamp.atMillis(start.snapshot().lastLedMillis()).value();
        this.sinceNanos = nowNanos;
        this.renewedNanos = nowNanos;
        this.toMerge.addAll(start.others());
        start.others().forEach(node -> heardNanos.put(node, nowNanos));
    }

    SlotState state() {
        if (isSettled) {
            return SlotState.SETTLED;
        }
        return origin == Origin.NOWHERE ? SlotState.COLD : SlotState.WARMING;
    }

    Origin origin() {
        return origin;
    }

    /** Somebody perhaps renewed a registration that was there already, or has closed the connection it was made over. */
    void onApplied(Datum before, List<DatumChange> changes, List<ChangeOutcome> outcomes, long nowNanos) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof DatumChange.Register renewed
                    && outcomes.get(i) == ChangeOutcome.APPLIED
                    && before.find(renewed.id()).isPresent()) {
                renewedNanos = nowNanos;
            }
            if (changes.get(i) instanceof DatumChange.Register asked) {
                ended.remove(new Ended(asked.id(), asked.publisher().owner()));
            } else if (changes.get(i) instanceof DatumChange.Remove over
                    && !toMerge.isEmpty()
                    && ended.size() < MOST_ENDED) {
                ended.add(new Ended(over.id(), over.owner()));
            }
        }
    }

    /** True for what a replica that has not been merged may still list although its connection has closed meanwhile. */
    boolean isEnded(Publisher publisher) {
        return ended.contains(new Ended(publisher.id(), publisher.owner()));
    }

    /** True until what this replica held has been taken in; also of one that was given up meanwhile. */
    boolean isToMerge(NodeId node) {
        return toMerge.contains(node);
    }

    void onWordOf(NodeId node, long nowNanos) {
        if (!isSettled) {
            heardNanos.replace(node, nowNanos);
        }
    }

    /** What a replica held has been taken in; it was from there. */
    void onMerged(NodeId node, Origin from) {
        toMerge.remove(node);
        forgetEnded();
        if (from.compareTo(origin) > 0) {
            origin = from;
        }
    }

    /** The other replicas are these now. */
    void retainReplicas(Collection<NodeId> others) {
        toMerge.retainAll(others);
        forgetEnded();
    }

    private void forgetEnded() {
        if (toMerge.isEmpty()) {
            ended.clear();
        }
    }

    /** What this session has here is what it believes to have. */
    void onReconciled(SessionIncarnation session) {
        if (!isSettled) {
            reconciled.add(session);
        }
    }

    /** True while settling may wait for this session. */
    boolean isAwaiting(SessionIncarnation session) {
        return !isSettled && !reconciled.contains(session);
    }

    /**
     * True once, when the slot settles.
     *
     * @param listed the sessions that meta lists
     * @param owners those who own something here
     */
    boolean onTick(long nowNanos, Set<SessionIncarnation> listed, Set<SessionIncarnation> owners) {
        if (isSettled || !isOver(nowNanos, listed, owners)) {
            return false;
        }
        isSettled = true;
        reconciled.clear();
        return true;
    }

    private boolean isOver(long nowNanos, Set<SessionIncarnation> listed, Set<SessionIncarnation> owners) {
        long since = nowNanos - sinceNanos;
        if (since >= settings.latest().toNanos()) {
            return true;
        }
        boolean isEarliest = since >= settings.earliest().toNanos();
        if (origin == Origin.NOWHERE && !isEarliest) {
            return false;
        }
        if (toMerge.stream().anyMatch(node -> isAwaited(node, nowNanos))) {
            return false;
        }
        return switch (origin) {
            case PART, DISK ->
                (isEarliest && nowNanos - renewedNanos >= settings.quiet().toNanos())
                        || (!listed.isEmpty()
                                && listed.containsAll(owners)
                                && reconciled.containsAll(listed)
                                && listed.stream().allMatch(session -> session.start() < lastLed));
            case NOWHERE, MEMORY -> reconciled.containsAll(listed);
        };
    }

    private boolean isAwaited(NodeId node, long nowNanos) {
        return origin == Origin.NOWHERE
                || origin == Origin.PART
                || nowNanos - heardNanos.getOrDefault(node, sinceNanos) < giveUpNanos;
    }
}
