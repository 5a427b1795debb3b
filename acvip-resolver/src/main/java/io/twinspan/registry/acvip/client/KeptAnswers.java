package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What outlives a restart.
 *
 * @param epoch the highest that was ever seen
 * @param confirmed when a server last stood behind the answers, by the wall clock
 */
record KeptAnswers(Optional<FederationEpoch> epoch, Instant confirmed, List<ServedAnswer> answers, ServerList servers) {
    static final KeptAnswers NOTHING = new KeptAnswers(Optional.empty(), Instant.EPOCH, List.of(), ServerList.EMPTY);

    KeptAnswers {
        answers = List.copyOf(answers);
    }
}
