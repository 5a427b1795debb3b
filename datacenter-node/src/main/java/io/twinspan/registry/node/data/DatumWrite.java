package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.SlotId;
import java.util.HashSet;
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

    /** What makes the one out of the other. */
    static DatumWrite of(SlotId slot, Datum before, Datum after) {
        Set<RegistrationId> touched = new HashSet<>();
        before.publishers().forEach(each -> touched.add(each.id()));
        before.tombstones().forEach(each -> touched.add(each.id()));
        after.publishers().forEach(each -> {
            if (before.find(each.id()).filter(each::equals).isPresent()) {
                touched.remove(each.id());
            } else {
                touched.add(each.id());
            }
        });
        after.tombstones().forEach(each -> touched.add(each.id()));
        return new DatumWrite(slot, after, touched);
    }
}
