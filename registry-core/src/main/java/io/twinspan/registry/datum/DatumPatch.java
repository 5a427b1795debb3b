package io.twinspan.registry.datum;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a copy of a datum equal to the datum as it is now, for somebody whose copy differs at most in the registrations named
 * here.
 *
 * @param version the datum's
 * @param publishers to be there
 * @param tombstones to be there
 * @param gone of these nothing is left
 * @param count publishers afterwards
 * @param contentHash {@link Datum#contentHash} afterwards
 * @param after {@link Datum#after} afterwards
 */
public record DatumPatch(
        DatumKey key,
        DatumVersion version,
        List<Publisher> publishers,
        List<Tombstone> tombstones,
        List<RegistrationId> gone,
        int count,
        int contentHash,
        Map<DatacenterId, DatumVersion> after) {
    /** Copies the lists. */
    public DatumPatch {
        publishers = List.copyOf(publishers);
        tombstones = List.copyOf(tombstones);
        gone = List.copyOf(gone);
        after = Map.copyOf(after);
    }

    /** How the datum now is in these registrations. */
    public static DatumPatch of(Datum datum, Collection<RegistrationId> touched) {
        List<Publisher> publishers = new ArrayList<>();
        List<Tombstone> tombstones = new ArrayList<>();
        List<RegistrationId> gone = new ArrayList<>();
        for (RegistrationId each : touched) {
            Optional<Publisher> publisher = datum.find(each);
            Optional<Tombstone> tombstone = datum.findTombstone(each);
            publisher.ifPresent(publishers::add);
            if (publisher.isEmpty()) {
                tombstone.ifPresentOrElse(tombstones::add, () -> gone.add(each));
            }
        }
        return new DatumPatch(
                DatumKey.of(datum),
                datum.version(),
                publishers,
                tombstones,
                gone,
                datum.count(),
                datum.contentHash(),
                datum.after());
    }

    /** True when a copy that was patched with this is as it should be; else it differed in more than was named. */
    public boolean fits(Datum patched) {
        return patched.count() == count && patched.contentHash() == contentHash;
    }

    /** Registrations named. */
    public int size() {
        return publishers.size() + tombstones.size() + gone.size();
    }
}
