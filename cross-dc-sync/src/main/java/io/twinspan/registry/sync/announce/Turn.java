package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.DigestEntry;
import org.jspecify.annotations.Nullable;

/**
 * One datum of a peer that is announced otherwise than before.
 *
 * @param before null when it was not named
 */
record Turn(@Nullable DigestEntry before, DigestEntry now) {
    /** True when it had publishers and has none any more. */
    boolean isEmptying() {
        return before != null && before.count() > 0 && now.count() == 0;
    }
}
