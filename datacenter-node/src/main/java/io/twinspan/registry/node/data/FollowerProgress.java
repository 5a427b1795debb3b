package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.message.DatumWord;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaContent;
import io.twinspan.registry.message.ReplicaHead;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one follower is with one slot that is led here, and what it is to be sent next. First it is compared; then it is given
 * what it lacks, service by service; then the changes, of each registration the newest. Whatever is not answered as it should be
 * leads back to comparing, so nothing is kept for a follower that does not answer. Pure.
 *
 * <pre>
 * UNKNOWN ──comparison answered──▶ BEHIND ──everything given──▶ CURRENT
 *    ▲                                │                            │
 *    └────── gap, no answer, too much waits ◀──────────────────────┘
 * </pre>
 */
final class FollowerProgress {
    /** What a slot's leader is asked. */
    interface Leader {
        SlotId id();

        LeaderEpoch epoch();

        /** Everything that is held, peers' datums too. */
        List<Datum> datums();

        Optional<Datum> find(DatumKey key);

        /** The same, empty when there is none. */
        default Datum findOrEmpty(DatumKey key) {
            return find(key).orElseGet(() -> Datum.empty(key.datacenter(), key.id()));
        }

        /** When a peer last stood behind its datum, as far as that is known. */
        Optional<DatumWord> word(DatumKey key);

        /** What a follower may rely on; none while nothing can be said of what is absent. */
        DatumVersion shownCeiling();

        /** True when nothing that was confirmed may be missing here, as after a crash. */
        boolean knowsAll();

        /** The follower has this now. */
        void onReplicated(ReplicaContent content);

        /** Takes in what a follower held; what of it lies above its ceiling was never shown. */
        void merge(ReplicaHolding held, DatumVersion theirCeiling, long nowNanos);
    }

    private enum Stage {
        UNKNOWN,
        BEHIND,
        CURRENT
    }

    /** An update whose answer has not come. */
    private record InFlight(ReplicaUpdate update, long sentNanos) {}

    private final DataSettings.Replication settings;
    private final Map<DatumKey, Set<RegistrationId>> changed = new LinkedHashMap<>();
    private final Deque<DatumKey> toInstall = new ArrayDeque<>();
    private Stage stage = Stage.UNKNOWN;
    private long sequence;
    private boolean wantsHeld;
    private boolean hasMore;
    private @Nullable InFlight inFlight;
    private int waiting;
    private boolean isOverflown;
    private boolean isDirty;
    private long dirtyNanos;
    private long auditedNanos;
    private boolean isPausing;
    private long pausedNanos;
    private DatumVersion ceilingSent = DatumVersion.NONE;

    /**
     * @param sequence number of the last update of an earlier life, or anything lower
     * @param wantsHeld what the follower holds is to be taken in before it is overwritten
     */
    FollowerProgress(DataSettings.Replication settings, long sequence, boolean wantsHeld) {
        this.settings = settings;
        this.sequence = sequence;
        this.wantsHeld = wantsHeld;
    }

    /** True until what the follower held has been taken in. */
    boolean wantsHeld() {
        return wantsHeld;
    }

    /** Something has changed here. */
    void onChange(DatumKey id, Set<RegistrationId> touched, long nowNanos) {
        if (stage == Stage.UNKNOWN && inFlight == null) {
            return;
        }
        if (!isDirty) {
            isDirty = true;
            dirtyNanos = nowNanos;
        }
        Set<RegistrationId> all = changed.computeIfAbsent(id, ignored -> new HashSet<>());
        int before = all.size();
        all.addAll(touched);
        waiting += all.size() - before;
        if (waiting > settings.mostWaiting()) {
            isOverflown = true;
            forgetChanges();
        }
    }

    /** What is to be sent now, if anything; takes its size off the budget. */
    Optional<ReplicaUpdate> next(Leader leader, Budget budget, long nowNanos) {
        if (inFlight != null || !budget.hasRoom() || isPausing(nowNanos)) {
            return Optional.empty();
        }
        ReplicaUpdate update = switch (stage) {
            case UNKNOWN -> compare(leader, budget);
            case BEHIND -> install(leader, budget);
            case CURRENT -> change(leader, budget, nowNanos);
        };
        if (update == null) {
            return Optional.empty();
        }
        inFlight = new InFlight(update, nowNanos);
        ceilingSent = update.head().ceiling();
        return Optional.of(update);
    }

    /** True when the next thing to send is a change, which goes before comparing and installing. */
    boolean isCurrentStage() {
        return stage == Stage.CURRENT;
    }

    /** True when the follower has everything once it has taken what it was sent. */
    boolean hasSentAll() {
        return stage == Stage.CURRENT && changed.isEmpty() && !isOverflown;
    }

    void onAnswer(ReplicaAnswer answer, Leader leader, long nowNanos) {
        InFlight answered = inFlight;
        inFlight = null;
        if (answered == null) {
            return;
        }
        sequence = Math.max(answer.sequence(), answered.update().head().to());
        if (answer.status() != ReplicaAnswer.Status.DONE || isOverflown) {
            startAgain();
            pause(nowNanos);
        } else if (answered.update() instanceof ReplicaUpdate.Compare compare) {
            leader.merge(answer.holding(), answer.ceiling(), nowNanos);
            onCompared(compare, answer.holding(), leader, nowNanos);
        } else {
            if (answered.update() instanceof ReplicaUpdate.Write write) {
                leader.onReplicated(write.content());
            }
            if (toInstall.isEmpty()) {
                stage = hasMore ? Stage.UNKNOWN : Stage.CURRENT;
            }
        }
    }

    /** No answer came; what was sent may have been taken or not. */
    void onFailure() {
        if (inFlight != null) {
            sequence = inFlight.update().head().to();
            inFlight = null;
            startAgain();
        }
    }

    /** True when the follower has everything, but for what is younger than the bound. */
    boolean isCurrent(long nowNanos) {
        long bound = settings.currentWithin().toNanos();
        return stage == Stage.CURRENT
                && (!isDirty || nowNanos - dirtyNanos <= bound)
                && (inFlight == null || nowNanos - inFlight.sentNanos() <= bound);
    }

    /** Registrations, or services when the follower is being given whole ones, that it has not confirmed. */
    long lag() {
        int sent = 0;
        if (inFlight != null && inFlight.update() instanceof ReplicaUpdate.Write write) {
            for (DatumPatch each : write.content().patches()) {
                sent += each.size();
            }
        }
        return (long) waiting + toInstall.size() + sent;
    }

    private void onCompared(ReplicaUpdate.Compare compare, ReplicaHolding holding, Leader leader, long nowNanos) {
        hasMore = holding.hasMore();
        wantsHeld &= hasMore || !compare.wantsHeld();
        Set<DatumKey> behind = new LinkedHashSet<>(holding.wanted());
        for (Datum held : holding.held()) {
            ReplicaDigest theirs = ReplicaDigest.of(held);
            if (leader.find(theirs.key())
                    .map(ReplicaDigest::of)
                    .filter(theirs::equals)
                    .isPresent()) {
                behind.remove(theirs.key());
            } else {
                behind.add(theirs.key());
            }
        }
        toInstall.clear();
        toInstall.addAll(behind);
        auditedNanos = nowNanos;
        boolean isWholeAlready = !compare.wantsHeld()
                && holding.wanted().isEmpty()
                && holding.held().isEmpty();
        // A follower whose content was handed over is told that it now has everything, also when that takes no datum.
        stage = isWholeAlready ? (hasMore ? Stage.UNKNOWN : Stage.CURRENT) : Stage.BEHIND;
    }

    private ReplicaUpdate compare(Leader leader, Budget budget) {
        forgetChanges();
        isOverflown = false;
        List<ReplicaDigest> digest =
                leader.datums().stream().map(ReplicaDigest::of).toList();
        budget.take(1 + digest.size());
        return new ReplicaUpdate.Compare(head(leader), digest, wantsHeld || !leader.knowsAll());
    }

    private ReplicaUpdate install(Leader leader, Budget budget) {
        List<Datum> datums = new ArrayList<>();
        List<DatumKey> forgotten = new ArrayList<>();
        List<DatumWord> words = new ArrayList<>();
        while (!toInstall.isEmpty() && budget.hasRoom()) {
            DatumKey id = toInstall.removeFirst();
            dropChanges(id);
            Datum datum = leader.find(id).orElse(null);
            if (datum == null) {
                forgotten.add(id);
                budget.take(1);
            } else {
                datums.add(datum);
                leader.word(id).ifPresent(words::add);
                budget.take(1 + datum.count() + datum.tombstones().size());
            }
        }
        return new ReplicaUpdate.Write(
                head(leader),
                new ReplicaContent(datums, forgotten, List.of(), words),
                leader.knowsAll() && toInstall.isEmpty() && !hasMore && changed.isEmpty(),
                0);
    }

    private @Nullable ReplicaUpdate change(Leader leader, Budget budget, long nowNanos) {
        boolean isAuditDue = nowNanos - auditedNanos >= settings.auditEvery().toNanos();
        if (changed.isEmpty() && !isAuditDue && leader.shownCeiling().equals(ceilingSent)) {
            return null;
        }
        List<DatumPatch> patches = new ArrayList<>();
        List<DatumWord> words = new ArrayList<>();
        for (DatumKey id : List.copyOf(changed.keySet())) {
            if (!budget.hasRoom()) {
                break;
            }
            Set<RegistrationId> touched = dropChanges(id);
            DatumPatch patch = DatumPatch.of(leader.findOrEmpty(id), touched);
            budget.take(1 + patch.size());
            patches.add(patch);
            leader.word(id).ifPresent(words::add);
        }
        if (patches.isEmpty()) {
            budget.take(1);
        }
        isDirty = !changed.isEmpty();
        long root = 0;
        if (isAuditDue && changed.isEmpty()) {
            auditedNanos = nowNanos;
            root = ReplicaDigest.root(leader.datums());
        }
        ReplicaContent content = new ReplicaContent(List.of(), List.of(), patches, words);
        return new ReplicaUpdate.Write(head(leader), content, leader.knowsAll() && changed.isEmpty(), root);
    }

    private ReplicaHead head(Leader leader) {
        return new ReplicaHead(leader.id(), leader.epoch(), sequence, sequence + 1, leader.shownCeiling());
    }

    private void startAgain() {
        stage = Stage.UNKNOWN;
        toInstall.clear();
        forgetChanges();
        isOverflown = false;
    }

    private void forgetChanges() {
        changed.clear();
        waiting = 0;
        isDirty = false;
    }

    private Set<RegistrationId> dropChanges(DatumKey id) {
        Set<RegistrationId> touched = changed.remove(id);
        if (touched == null) {
            return Set.of();
        }
        waiting -= touched.size();
        return touched;
    }

    private void pause(long nowNanos) {
        isPausing = true;
        pausedNanos = nowNanos;
    }

    private boolean isPausing(long nowNanos) {
        isPausing &= nowNanos - pausedNanos < settings.retry().toNanos();
        return isPausing;
    }
}
