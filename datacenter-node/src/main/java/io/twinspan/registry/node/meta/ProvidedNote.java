package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.proto.StoredNote;

/**
 * When and why a provided value was changed, for operators.
 *
 * @param atMillis of the clock of whoever proposed it; 0 when an older release did
 * @param by for example {@code put here}, {@code from west}
 * @param isForeign true when it came from another datacenter
 */
record ProvidedNote(long atMillis, String by, boolean isForeign) {
    static final ProvidedNote NONE = new ProvidedNote(0, "", false);

    StoredNote stored() {
        return StoredNote.newBuilder()
                .setAtMillis(atMillis)
                .setBy(by)
                .setIsForeign(isForeign)
                .build();
    }

    static ProvidedNote of(StoredNote stored) {
        return new ProvidedNote(stored.getAtMillis(), stored.getBy(), stored.getIsForeign());
    }
}
