package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.VersionMint;
import java.util.List;

/**
 * What a store holds of one slot.
 *
 * @param ceiling no version above it was ever shown; {@link DatumVersion#NONE} when the slot never settled here, so that nothing
 *     can be concluded from what is absent
 * @param datums own and foreign ones
 */
public record SlotSnapshot(DatumVersion ceiling, List<Datum> datums) {
    /** Nothing was ever saved. */
    public static final SlotSnapshot EMPTY = new SlotSnapshot(DatumVersion.NONE, List.of());

    /** Copies the datums. */
    public SlotSnapshot {
        datums = List.copyOf(datums);
    }

    /** When the slot was last led with this content, in milliseconds since 1970: its ceiling is renewed while it is led. */
    long lastLedMillis() {
        return ceiling.stamp().millis() - VersionMint.CEILING_AHEAD.toMillis();
    }
}
