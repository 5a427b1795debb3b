package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;

/**
 * Names what is held of a provided value.
 *
 * @param version 0 when it was never put
 * @param contentHash as {@link ProvidedValue#contentHash}; 0 when it was never put
 */
public record ProvidedDigest(DataInfoId id, long version, long contentHash) {
    /** What names a value. */
    public static ProvidedDigest of(ProvidedValue value) {
        return new ProvidedDigest(value.id(), value.version(), value.contentHash());
    }

    /** Nothing is held. */
    public static ProvidedDigest none(DataInfoId id) {
        return new ProvidedDigest(id, 0, 0);
    }

    /** Mixed so that a sum of it over many values tells them apart. */
    public long hash() {
        long mixed = id.checksum() * 0x9e3779b97f4a7c15L ^ (long) id.textHash() << 32;
        mixed = (mixed ^ version) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31 ^ contentHash) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 29;
    }
}
