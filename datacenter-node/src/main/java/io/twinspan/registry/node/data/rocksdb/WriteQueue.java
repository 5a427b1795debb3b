package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written: of each datum only its newest state and the union of the rows that differ. Bounded by the number of
 * registrations. While the disk works, a caller beyond the bound waits; while it does not, what it brings is dropped and counted,
 * because a registry that stops over a full disk helps nobody. The lock guards every field.
 */
final class WriteQueue {
    private record Place(DatacenterId datacenter, DataInfoId service) {}

    private static final class Pending {
        private final SlotId slot;
        private Datum datum;
        private long confirmedMillis;
        private Set<RegistrationId> publishers = Set.of();
        private Set<RegistrationId> tombstones = Set.of();

        Pending(SlotId slot, Datum datum) {
            this.slot = slot;
            this.datum = datum;
        }

        int weight() {
            return Math.max(publishers.size(), tombstones.size());
        }

        DatumWrite write() {
            return new DatumWrite(slot, datum, publishers, tombstones, confirmedMillis);
        }

        /** The sets of a write are immutable, and most datums are written with one alone. */
        static Set<RegistrationId> union(Set<RegistrationId> ours, Set<RegistrationId> more) {
            if (more.isEmpty()) {
                return ours;
            }
            if (ours.isEmpty()) {
                return more;
            }
            Set<RegistrationId> union = ours instanceof HashSet ? ours : new HashSet<>(ours);
            union.addAll(more);
            return union;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int mostWaiting;
    private Map<Place, Pending> waiting = new LinkedHashMap<>();
    private int weight;
    private long accepted;
    private long taken;
    private long done;
    private long dropped;
    private boolean isUrgent;
    private boolean isFailing;
    private boolean isClosed;

    WriteQueue(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    void add(DatumWrite write) {
        lock.lock();
        try {
            while (weight >= mostWaiting && !isFailing && !isClosed) {
                changed.awaitUninterruptibly();
            }
            if (isClosed || weight >= mostWaiting) {
                dropped += Math.max(1, write.weight());
                return;
            }
            accepted++;
            put(write, true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits, after the delay has gathered what comes together; empty only when closed and nothing is left. */
    List<DatumWrite> take(Duration delay) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosed) {
                changed.await();
            }
            long left = delay.toNanos();
            while (left > 0 && !isClosed && !isUrgent) {
                left = changed.awaitNanos(left);
            }
            List<DatumWrite> batch =
                    waiting.values().stream().map(Pending::write).toList();
            waiting = new LinkedHashMap<>();
            weight = 0;
            taken = accepted;
            isUrgent = false;
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken is with the operating system and will outlive this process. */
    void written() {
        lock.lock();
        try {
            done = taken;
            isFailing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was taken could not be written: it waits again, behind nothing newer of the same datum. Returns after the pause. */
    void failed(List<DatumWrite> batch, Duration pause) throws InterruptedException {
        lock.lock();
        try {
            isFailing = true;
            batch.forEach(write -> put(write, false));
            changed.signalAll();
            long left = pause.toNanos();
            while (left > 0 && !isClosed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything accepted so far is written, or writing fails. */
    void awaitWritten() {
        lock.lock();
        try {
            long until = accepted;
            isUrgent = !waiting.isEmpty();
            changed.signalAll();
            while (done < until && !isFailing) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void put(DatumWrite write, boolean isNewer) {
        Datum datum = write.datum();
        Place place = new Place(datum.datacenter(), datum.id());
        Pending pending = waiting.get(place);
        if (pending == null) {
            pending = new Pending(write.slot(), datum);
            waiting.put(place, pending);
            weight++;
        }
        if (isNewer) {
            pending.datum = datum;
        }
        pending.confirmedMillis = write.confirmedMillis();
        weight -= pending.weight();
        pending.publishers = Pending.union(pending.publishers, write.publishers());
        pending.tombstones = Pending.union(pending.tombstones, write.tombstones());
        weight += pending.weight();
    }
}
