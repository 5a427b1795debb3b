package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.message.DatumWord;
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
 * One slot that this node holds for another that leads it: the leader's datums, in memory and, behind the back of whoever
 * changes them, on disk. It takes the updates of one leadership in their order; a gap, or content that is not as the leader says,
 * is answered as such, and the leader compares again. Peers' datums are held in the same way, with the time when the peer last
 * stood behind each.
 */
final class FollowedSlot {
    /**
     * What every slot of a node shares.
     *
     * @param mostHeld most registrations in one answer
     * @param store where changes are saved
     */
    record Sharing(int mostHeld, Consumer<DatumWrite> store) {}

    private final SlotId slot;
    private final int mostHeld;
    private final Consumer<DatumWrite> store;
    private final DatumStore datums = new DatumStore();
    private final Map<DatumKey, Long> words = new HashMap<>();
    private Leadership following = Leadership.NONE;
    private long sequence;
    private DatumVersion ceiling;
    private boolean isWhole;
    private boolean isLeftBehind;

    /** @param origin where the snapshot is from; of what a leader in this process held it is where that leader had it from */
    FollowedSlot(SlotId slot, SlotSnapshot snapshot, Warming.Origin origin, Sharing all) {
        this.slot = slot;
        this.mostHeld = all.mostHeld();
        this.store = all.store();
        this.ceiling = snapshot.ceiling();
        this.isWhole = origin == Warming.Origin.MEMORY;
        this.isLeftBehind = origin == Warming.Origin.PART;
        snapshot.datums().forEach(datums::put);
        words.putAll(snapshot.words());
    }

    /** What a leader begins with that was this follower. */
    SlotSnapshot snapshot() {
        return new SlotSnapshot(ceiling, datums.all(), words);
    }

    /**
     * Where this is from, for who begins with it: from memory when it is everything that a leader held at some moment of this
     * process's life, and a part when a leader has more than is here, because it had not brought everything yet, or has perhaps gone
     * on without this node.
     */
    Warming.Origin origin() {
        if (isLeftBehind || (!isWhole && !following.equals(Leadership.NONE))) {
            return Warming.Origin.PART;
        }
        return isWhole ? Warming.Origin.MEMORY : Warming.Origin.DISK;
    }

    /** This node was away itself; a leader gives up who is silent, and goes on. What is from a disk is taken for old anyway. */
    void leaveBehind() {
        isLeftBehind |= isWhole;
    }

    /** Its leader has been heard again, and lacks nothing here but what it brings now. */
    void catchUp() {
        isLeftBehind = false;
    }

    boolean isLeftBehind() {
        return isLeftBehind;
    }

    DatumVersion ceiling() {
        return ceiling;
    }

    List<Datum> datums() {
        return datums.all();
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
            boolean isSame = holding.wanted().isEmpty() && holding.held().isEmpty();
            isLeftBehind |= !compare.wantsHeld() && !isSame;
            taken(head, !compare.wantsHeld() && isSame);
            return answer(ReplicaAnswer.Status.DONE, holding);
        }
        if (update instanceof ReplicaUpdate.Write write && head.from() == sequence && head.to() > sequence) {
            boolean isRight = write(write);
            isLeftBehind |= !isRight;
            taken(head, write.isWhole() && isRight);
            return answer(isRight ? ReplicaAnswer.Status.DONE : ReplicaAnswer.Status.GAP, ReplicaHolding.NONE);
        }
        isLeftBehind |= head.to() > sequence;
        return answer(ReplicaAnswer.Status.GAP, ReplicaHolding.NONE);
    }

    private void taken(ReplicaHead head, boolean isNowWhole) {
        sequence = head.to();
        isWhole |= isNowWhole;
        isLeftBehind &= !isNowWhole;
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
        List<DatumKey> wanted = new ArrayList<>();
        List<Datum> held = new ArrayList<>();
        Map<DatumKey, Datum> unnamed = new HashMap<>();
        datums().forEach(each -> unnamed.put(DatumKey.of(each), each));
        int room = mostHeld;
        boolean hasMore = false;
        for (ReplicaDigest each : compare.digest()) {
            Datum ours = unnamed.remove(each.key());
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
            wanted.add(each.key());
        }
        for (Datum each : unnamed.values()) {
            if (!compare.wantsHeld()) {
                forget(DatumKey.of(each));
            } else if (room > 0) {
                held.add(each);
                room -= size(each);
            } else {
                hasMore = true;
            }
        }
        List<DatumWord> ofHeld = new ArrayList<>();
        for (Datum each : held) {
            Long confirmed = words.get(DatumKey.of(each));
            if (confirmed != null) {
                ofHeld.add(new DatumWord(DatumKey.of(each), confirmed));
            }
        }
        return new ReplicaHolding(wanted, held, ofHeld, hasMore, isWhole && !isLeftBehind);
    }

    private boolean write(ReplicaUpdate.Write write) {
        write.content().words().forEach(word -> words.merge(word.key(), word.confirmedMillis(), Math::max));
        write.content().datums().forEach(this::put);
        write.content().forgotten().forEach(this::forget);
        boolean isRight = true;
        for (DatumPatch patch : write.content().patches()) {
            Datum patched = find(patch.key()).patched(patch);
            if (patch.fits(patched)) {
                put(patched);
            } else {
                isRight = false;
            }
        }
        return isRight && (write.root() == 0 || write.root() == ReplicaDigest.root(datums()));
    }

    private void put(Datum datum) {
        if (!SlotId.of(datum.id()).equals(slot)) {
            throw new IllegalArgumentException(datum + " does not belong to slot " + slot);
        }
        DatumKey key = DatumKey.of(datum);
        Datum before = find(key);
        datums.put(datum);
        store.accept(DatumWrite.of(slot, before, datum).confirmedAt(words.getOrDefault(key, 0L)));
    }

    private void forget(DatumKey key) {
        words.remove(key);
        put(Datum.empty(key.datacenter(), key.id()));
    }

    private Datum find(DatumKey key) {
        return datums.find(key.datacenter(), key.id()).orElseGet(() -> Datum.empty(key.datacenter(), key.id()));
    }

    private static int size(Datum datum) {
        return 1 + datum.count() + datum.tombstones().size();
    }
}
