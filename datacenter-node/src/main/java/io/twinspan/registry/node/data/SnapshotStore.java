package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Map;

/**
 * What a data node keeps of its slots over a restart. Port. A store that cannot write goes on being asked: it keeps what it can,
 * says so in {@link #status}, and never fails its caller for it.
 */
public interface SnapshotStore extends AutoCloseable {
    /**
     * How the store is.
     *
     * @param problem what an operator must look at; empty when all is well
     * @param waiting registrations that are not written yet
     * @param dropped registrations that were never written, because nothing could be written for too long
     */
    record Status(String problem, int waiting, long dropped) {}

    /** These will be loaded soon and in this order, so they may be read already. Nothing needs to be expected. */
    default void expect(List<SlotId> slots) {}

    /**
     * Everything held of a slot; what was saved before is in it.
     *
     * @throws SnapshotStoreException when it cannot be read
     */
    SlotSnapshot load(SlotId slot);

    /**
     * Saves behind the caller's back, at most 50 ms late. When more is waiting than the store's bound, the caller waits until
     * there is room: its callers are answered later and so send less. Order is kept.
     */
    void save(DatumWrite write);

    /** Saves ceilings before it returns, so that what lies below may be shown; false when that failed. */
    boolean saveCeilings(Map<SlotId, DatumVersion> ceilings);

    /** Saves, before it returns, under which leaderships slots are led here by rank; false when that failed. */
    boolean saveRanked(Map<SlotId, Leadership> ranked);

    /** The last that was saved of each slot by {@link #saveRanked}; what cannot be read is left out and in {@link #status}. */
    Map<SlotId, Leadership> ranked();

    /** Forgets everything held of a slot, but not how it was led. */
    void forget(SlotId slot);

    /** Returns when everything saved so far is written, or has failed to be. */
    void flush();

    /** How the store is now; any thread. */
    Status status();

    /** Writes what is waiting and lets go of the disk. */
    @Override
    void close();
}
