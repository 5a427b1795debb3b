package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.SlotId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A datum as it is now, and which of its rows may differ from what was saved before. A datum of version
 * {@link DatumVersion#NONE} leaves no version row behind.
 *
 * @param publishers registrations whose publisher came, changed or went
 * @param tombstones registrations whose tombstone came, changed or went
 * @param confirmedMillis of a peer's datum: when the peer last stood behind it, in milliseconds since 1970; 0 when not known
 */
public record DatumWrite(
        SlotId slot,
        Datum datum,
        Set<RegistrationId> publishers,
        Set<RegistrationId> tombstones,
        long confirmedMillis) {
    /** Copies the names. */
    public DatumWrite {
        publishers = Set.copyOf(publishers);
        tombstones = Set.copyOf(tombstones);
    }

    /** Of an own datum. */
    public DatumWrite(SlotId slot, Datum datum, Set<RegistrationId> publishers, Set<RegistrationId> tombstones) {
        this(slot, datum, publishers, tombstones, 0);
    }

    /** When it is not known which of the two changed; both rows of each registration are then written or deleted. */
    public DatumWrite(SlotId slot, Datum datum, Set<RegistrationId> touched) {
        this(slot, datum, touched, touched);
    }

    /**
     * Exactly the rows that differ: to delete one that never was costs the disk as much as to write one.
     *
     * @param before as it was saved last
     * @param touched registrations that may differ
     */
    static DatumWrite between(SlotId slot, Datum before, Datum after, Set<RegistrationId> touched) {
        return new DatumWrite(
                slot,
                after,
                differing(touched, before::find, after::find),
                differing(touched, before::findTombstone, after::findTombstone));
    }

    /** The same of a datum that its peer stood behind then. */
    public DatumWrite confirmedAt(long millis) {
        return new DatumWrite(slot, datum, publishers, tombstones, millis);
    }

    /** Registrations of which either row may differ. */
    Set<RegistrationId> touched() {
        if (publishers.equals(tombstones)) {
            return publishers;
        }
        Set<RegistrationId> touched = new HashSet<>(publishers);
        touched.addAll(tombstones);
        return touched;
    }

    /** Registrations that are written or deleted; one of both kinds counts once. */
    public int weight() {
        return Math.max(publishers.size(), tombstones.size());
    }

    private static <T> Set<RegistrationId> differing(
            Set<RegistrationId> touched,
            Function<RegistrationId, Optional<T>> before,
            Function<RegistrationId, Optional<T>> after) {
        if (touched.size() == 1) {
            RegistrationId only = touched.iterator().next();
            return before.apply(only).equals(after.apply(only)) ? Set.of() : touched;
        }
        Set<RegistrationId> differing = new HashSet<>();
        for (RegistrationId each : touched) {
            if (!before.apply(each).equals(after.apply(each))) {
                differing.add(each);
            }
        }
        return differing;
    }

    /** What makes the one out of the other. */
    static DatumWrite of(SlotId slot, Datum before, Datum after) {
        Set<RegistrationId> touched = new HashSet<>();
        before.publishers().forEach(each -> touched.add(each.id()));
        before.tombstones().forEach(each -> touched.add(each.id()));
        after.publishers().forEach(each -> touched.add(each.id()));
        after.tombstones().forEach(each -> touched.add(each.id()));
        return between(slot, before, after, touched);
    }
}
