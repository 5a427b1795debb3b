package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.Optional;

/** What becomes of an answer by its epoch alone. No epoch at all is lower than any. */
enum EpochVerdict {
    /** It is the highest that was seen, or becomes it. */
    TAKEN,
    /** Whoever has seen a higher one does not go back. */
    LOWER,
    /** Too far ahead to be believed. */
    TOO_FAR;

    static EpochVerdict of(Optional<FederationEpoch> highest, Optional<FederationEpoch> heard) {
        if (highest.isEmpty()) {
            return TAKEN;
        }
        if (heard.isEmpty() || heard.get().compareTo(highest.get()) < 0) {
            return LOWER;
        }
        return heard.get().isTooFarFrom(highest.get()) ? TOO_FAR : TAKEN;
    }
}
