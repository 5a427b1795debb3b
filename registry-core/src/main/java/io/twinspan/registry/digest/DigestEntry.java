package io.twinspan.registry.digest;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;

/**
 * One datum in a digest.
 *
 * @param count number of publishers
 * @param contentHash {@link Datum#contentHash()}: equal versions must have equal hashes, whoever compares
 */
public record DigestEntry(DataInfoId id, DatumVersion version, int count, int contentHash) {
    /** Refuses a negative count. */
    public DigestEntry {
        if (count < 0) {
            throw new IllegalArgumentException("a datum has no negative number of publishers: " + count);
        }
    }

    /** The entry of a datum. */
    public static DigestEntry of(Datum datum) {
        return new DigestEntry(datum.id(), datum.version(), datum.count(), datum.contentHash());
    }
}
