package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;

/**
 * Whoever holds a higher version than the leader answers, to that leader: equal content, adopt my number; other content, mint
 * above it. Without this a leader that lost its disk would answer numbers that everybody ignores.
 */
public record RaiseVersion(DataInfoId service, DatumVersion floor, int contentHash) implements Request<Done> {}
