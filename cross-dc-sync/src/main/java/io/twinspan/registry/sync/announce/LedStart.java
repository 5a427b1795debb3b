package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * A slot that this node leads and that has settled.
 *
 * @param watermark everything minted later is above it; so a datum that is not named is empty as of it
 * @param entries everything it holds of the own datacenter, emptied datums included
 */
public record LedStart(SlotId slot, Leadership leadership, DatumVersion watermark, List<DigestEntry> entries) {
    /** Copies the entries. */
    public LedStart {
        entries = List.copyOf(entries);
    }
}
