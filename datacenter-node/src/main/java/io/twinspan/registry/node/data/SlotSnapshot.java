package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.VersionMint;
import java.util.List;
import java.util.Map;

/**
 * What a store holds of one slot.
 *
 * @param ceiling no version above it was ever shown; {@link DatumVersion#NONE} when the slot never settled here, so that nothing
 *     can be concluded from what is absent
 * @param datums own and foreign ones
 * @param words of foreign ones, when the peer last stood behind them, in milliseconds since 1970
 */
public record SlotSnapshot(DatumVersion ceiling, List<Datum> datums, Map<DatumKey, Long> words) {
    /** Nothing was ever saved. */
    public static final SlotSnapshot EMPTY = new SlotSnapshot(DatumVersion.NONE, List.of(), Map.of());

    /** Copies the datums. */
    public SlotSnapshot {
        datums = List.copyOf(datums);
        words = Map.copyOf(words);
    }

    /** Without words of peers. */
    public SlotSnapshot(DatumVersion ceiling, List<Datum> datums) {
        this(ceiling, datums, Map.of());
    }

    /** When the slot was last led with this content, in milliseconds since 1970: its ceiling is renewed while it is led. */
    long lastLedMillis() {
        return ceiling.stamp().millis() - VersionMint.CEILING_AHEAD.toMillis();
    }
}
