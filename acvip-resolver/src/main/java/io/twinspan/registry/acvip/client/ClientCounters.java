package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.Optional;

/**
 * What a client has done since it was opened, and how it stands.
 *
 * @param epoch the highest that was ever seen
 * @param isFresh true while a server is followed
 * @param domains that are followed
 * @param servers that are known
 * @param polls that were answered
 * @param failures polls that were not
 * @param lowerEpochs answers that were ignored because a higher epoch was seen
 * @param farEpochs answers that were ignored because their epoch is too far ahead
 * @param saves of answers on disk
 * @param failedSaves that did not succeed; answers are given all the same
 */
public record ClientCounters(
        Optional<FederationEpoch> epoch,
        boolean isFresh,
        int domains,
        int servers,
        long polls,
        long failures,
        long lowerEpochs,
        long farEpochs,
        long saves,
        long failedSaves) {}
