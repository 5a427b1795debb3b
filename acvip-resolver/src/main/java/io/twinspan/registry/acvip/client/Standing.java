package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands.
 *
 * @param epoch the highest that was ever seen
 * @param absent domains that the servers do not have
 * @param confirmedNanos when a server last stood behind it, by the loop's clock
 * @param isFresh true while a server is followed
 */
record Standing(
        Optional<FederationEpoch> epoch,
        Map<String, ServedAnswer> answers,
        Set<String> absent,
        long confirmedNanos,
        boolean isFresh) {
    static final Standing NOTHING = new Standing(Optional.empty(), Map.of(), Set.of(), 0, false);

    Standing {
        answers = Map.copyOf(answers);
        absent = Set.copyOf(absent);
    }
}
