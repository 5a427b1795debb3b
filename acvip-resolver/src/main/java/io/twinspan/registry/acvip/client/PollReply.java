package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a long poll.
 *
 * @param epoch under which the server answers, also for what has not changed
 * @param gone domains that it does not have
 */
record PollReply(Optional<FederationEpoch> epoch, List<ServedAnswer> changed, Set<String> gone) {
    PollReply {
        changed = List.copyOf(changed);
        gone = Set.copyOf(gone);
    }
}
