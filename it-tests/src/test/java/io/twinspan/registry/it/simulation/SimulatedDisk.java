package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.data.InMemorySnapshotStore;
import io.twinspan.registry.node.data.SlotSnapshot;
import io.twinspan.registry.node.data.SnapshotStore;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The disk of a data node. Writes wait for up to 50 ms, as the port allows; a crash loses of what waits all but some first part.
 * Ceilings are there as soon as they are saved.
 */
class SimulatedDisk implements SnapshotStore {
    private static final Duration WRITE_BEHIND = Duration.ofMillis(50);

    private record Waiting(long dueNanos, DatumWrite write) {}

    private final ManualClock time;
    private final Random random;
    private InMemorySnapshotStore durable = new InMemorySnapshotStore();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Duration writeBehind = WRITE_BEHIND;

    SimulatedDisk(ManualClock time, Random random) {
        this.time = time;
        this.random = random;
    }

    /** How long writes wait from now on; zero for as long as usual. */
    void writeBehind(Duration time) {
        writeBehind = time.isZero() ? WRITE_BEHIND : time;
    }

    /** The machine dies. */
    void crash() {
        writeDue();
        int kept = random.nextInt(waiting.size() + 1);
        for (int i = 0; i < kept; i++) {
            durable.save(waiting.removeFirst().write());
        }
        waiting.clear();
    }

    /** Nothing is left of it. */
    void wipe() {
        waiting.clear();
        durable = new InMemorySnapshotStore();
    }

    /** Everything that is on it for good, of all slots. */
    List<Datum> all() {
        writeDue();
        List<Datum> datums = new ArrayList<>();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            datums.addAll(durable.load(new SlotId(slot)).datums());
        }
        return datums;
    }

    @Override
    public SlotSnapshot load(SlotId slot) {
        flush();
        return durable.load(slot);
    }

    @Override
    public void save(DatumWrite write) {
        writeDue();
        waiting.addLast(new Waiting(time.nanos() + writeBehind.toNanos(), write));
    }

    @Override
    public boolean saveCeilings(Map<SlotId, DatumVersion> ceilings) {
        return durable.saveCeilings(ceilings);
    }

    @Override
    public boolean saveRanked(Map<SlotId, Leadership> ranked) {
        return durable.saveRanked(ranked);
    }

    @Override
    public Map<SlotId, Leadership> ranked() {
        return durable.ranked();
    }

    @Override
    public void forget(SlotId slot) {
        flush();
        durable.forget(slot);
    }

    @Override
    public void flush() {
        waiting.forEach(each -> durable.save(each.write()));
        waiting.clear();
    }

    @Override
    public Status status() {
        return new Status("", waiting.size(), 0);
    }

    @Override
    public void close() {
        flush();
    }

    private void writeDue() {
        while (!waiting.isEmpty() && waiting.getFirst().dueNanos() <= time.nanos()) {
            durable.save(waiting.removeFirst().write());
        }
    }
}
