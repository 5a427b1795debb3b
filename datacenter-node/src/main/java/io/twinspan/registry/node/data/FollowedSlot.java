package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaHead;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One slot that this node holds for another that leads it: the leader's own datums, in memory and, behind the back of whoever
 * changes them, on disk. It takes the updates of one leadership in their order; a gap, or content that is not as the leader says,
 * is answered as such, and the leader compares again. What the peers' datums were here stays as it is.
 */
final class FollowedSlot {
    /**
     * What every slot of a node shares.
     *
     * @param mostHeld most registrations in one answer
     * @param store where changes are saved
     */
    record Sharing(DatacenterId own, int mostHeld, Consumer<DatumWrite> store) {}

    private final SlotId slot;
    private final DatacenterId own;
    private final int mostHeld;
    private final Consumer<DatumWrite> store;
    private final DatumStore datums = new DatumStore();
    private Leadership following = Leadership.NONE;
    private long sequence;
    private DatumVersion ceiling;
    private boolean isWhole;

    /** @param isWhole the snapshot is what a leader in this process held, not what was on disk */
    FollowedSlot(SlotId slot, SlotSnapshot snapshot, boolean isWhole, Sharing all) {
        this.slot = slot;
        this.own = all.own();
        this.mostHeld = all.mostHeld();
        this.store = all.store();
        this.ceiling = snapshot.ceiling();
        this.isWhole = isWhole;
        snapshot.datums().forEach(datums::put);
    }

    /** What a leader begins with that was this follower. */
    SlotSnapshot snapshot() {
        return datums.snapshot(ceiling);
    }

    /** True when this is everything that a leader held at some moment of this process's life. */
    boolean isWhole() {
        return isWhole;
    }

    DatumVersion ceiling() {
        return ceiling;
    }

    List<Datum> ownDatums() {
        return datums.of(own);
    }

    /** @param leadership of the sender; the caller has checked that it is the latest known */
    ReplicaAnswer update(ReplicaUpdate update, Leadership leadership) {
        if (leadership.isAfter(following)) {
            following = leadership;
            sequence = 0;
        }
        ReplicaHead head = update.head();
        if (update instanceof ReplicaUpdate.Compare compare && head.to() > sequence) {
            ReplicaHolding holding = compare(compare);
            taken(
                    head,
                    !compare.wantsHeld()
                            && holding.wanted().isEmpty()
                            && holding.held().isEmpty());
            return answer(ReplicaAnswer.Status.DONE, holding);
        }
        if (update instanceof ReplicaUpdate.Write write && head.from() == sequence && head.to() > sequence) {
            boolean isRight = write(write);
            taken(head, write.isWhole() && isRight);
            return answer(isRight ? ReplicaAnswer.Status.DONE : ReplicaAnswer.Status.GAP, ReplicaHolding.NONE);
        }
        return answer(ReplicaAnswer.Status.GAP, ReplicaHolding.NONE);
    }

    private void taken(ReplicaHead head, boolean isNowWhole) {
        sequence = head.to();
        isWhole |= isNowWhole;
        // A leader that knows nothing about what is absent does not take away what an earlier one knew.
        if (isNowWhole) {
            ceiling = head.ceiling().isAfter(ceiling) || head.ceiling().equals(DatumVersion.NONE)
                    ? head.ceiling()
                    : ceiling;
        }
    }

    private ReplicaAnswer answer(ReplicaAnswer.Status status, ReplicaHolding holding) {
        return new ReplicaAnswer(status, following, sequence, ceiling, holding);
    }

    private ReplicaHolding compare(ReplicaUpdate.Compare compare) {
        List<DataInfoId> wanted = new ArrayList<>();
        List<Datum> held = new ArrayList<>();
        Map<DataInfoId, Datum> unnamed = new HashMap<>();
        ownDatums().forEach(each -> unnamed.put(each.id(), each));
        int room = mostHeld;
        boolean hasMore = false;
        for (ReplicaDigest each : compare.digest()) {
            Datum ours = unnamed.remove(each.id());
            if (ours != null && ReplicaDigest.of(ours).equals(each)) {
                continue;
            }
            // What is not handed over in this answer must not be overwritten before it is.
            if (ours != null && compare.wantsHeld()) {
                if (room <= 0) {
                    hasMore = true;
                    continue;
                }
                held.add(ours);
                room -= size(ours);
            }
            wanted.add(each.id());
        }
        for (Datum each : unnamed.values()) {
            if (!compare.wantsHeld()) {
                put(Datum.empty(own, each.id()));
            } else if (room > 0) {
                held.add(each);
                room -= size(each);
            } else {
                hasMore = true;
            }
        }
        return new ReplicaHolding(wanted, held, hasMore, isWhole);
    }

    private boolean write(ReplicaUpdate.Write write) {
        write.content().datums().forEach(this::put);
        write.content().forgotten().forEach(id -> put(Datum.empty(own, id)));
        boolean isRight = true;
        for (DatumPatch patch : write.content().patches()) {
            Datum patched = find(patch.id()).patched(patch);
            if (patch.fits(patched)) {
                put(patched);
            } else {
                isRight = false;
            }
        }
        return isRight && (write.root() == 0 || write.root() == ReplicaDigest.root(ownDatums()));
    }

    private void put(Datum datum) {
        if (!datum.datacenter().equals(own) || !SlotId.of(datum.id()).equals(slot)) {
            throw new IllegalArgumentException(datum + " does not belong to slot " + slot + " of " + own);
        }
        Datum before = find(datum.id());
        datums.put(datum);
        store.accept(DatumWrite.of(slot, before, datum));
    }

    private Datum find(DataInfoId id) {
        return datums.find(own, id).orElseGet(() -> Datum.empty(own, id));
    }

    private static int size(Datum datum) {
        return 1 + datum.count() + datum.tombstones().size();
    }
}
