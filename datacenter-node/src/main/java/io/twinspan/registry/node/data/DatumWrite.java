package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.SlotId;
import java.util.Set;

/**
 * A datum as it is now, and which of its rows may differ from what was saved before. A datum of version
 * {@link DatumVersion#NONE} leaves no version row behind.
 *
 * @param touched registrations whose publisher or tombstone came, changed or went
 */
public record DatumWrite(SlotId slot, Datum datum, Set<RegistrationId> touched) {
    /** Copies the names. */
    public DatumWrite {
        touched = Set.copyOf(touched);
    }
}
