package io.twinspan.registry.message;

import io.twinspan.registry.datum.DatumKey;

/**
 * When a peer last stood behind what is held of one of its datums.
 *
 * @param confirmedMillis since 1970
 */
public record DatumWord(DatumKey key, long confirmedMillis) {}
