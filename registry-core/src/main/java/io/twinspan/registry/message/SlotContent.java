package io.twinspan.registry.message;

import io.twinspan.registry.digest.DigestEntry;
import java.util.List;

/**
 * What a slot's leader holds of its own datacenter, in the order of names.
 *
 * @param isLed false when this node does not lead the slot, or it has not settled
 * @param entries each with the hash of what is held, computed for this answer
 * @param hasMore there is more behind the last entry
 */
public record SlotContent(boolean isLed, List<DigestEntry> entries, boolean hasMore) {
    /** Most entries in one answer. */
    public static final int MOST = 1_000;

    /** Copies the entries. */
    public SlotContent {
        entries = List.copyOf(entries);
    }
}
