package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands.
 *
 * @param epoch the highest that was ever seen
 * @param absent domains that the servers do not have
 * @param confirmedNanos when a server last stood behind the answers, by the loop's clock
 * @param isFresh true while a server is followed
 * @param unspoken answers of which the source that is followed has said nothing, and when another one last stood behind each
 */
record Standing(
        Optional<FederationEpoch> epoch,
        Map<String, ServedAnswer> answers,
        Set<String> absent,
        long confirmedNanos,
        boolean isFresh,
        Map<String, Long> unspoken) {
    static final Standing NOTHING = new Standing(Optional.empty(), Map.of(), Set.of(), 0, false, Map.of());

    Standing {
        answers = Map.copyOf(answers);
        absent = Set.copyOf(absent);
        unspoken = Map.copyOf(unspoken);
    }

    /** True while a source is followed that has spoken of the domain. */
    boolean isFresh(String domain) {
        return isFresh && !unspoken.containsKey(domain);
    }

    /** When a server last stood behind the domain's answer. */
    long confirmedNanos(String domain) {
        return unspoken.getOrDefault(domain, confirmedNanos);
    }

    /** The domains that were another thing before. */
    Set<String> changedFrom(Standing before) {
        Set<String> changed = new HashSet<>();
        answers.forEach((domain, answer) -> {
            ServedAnswer old = before.answers().get(domain);
            if (old == null
                    || !old.checksum().equals(answer.checksum())
                    || !old.epoch().equals(answer.epoch())) {
                changed.add(domain);
            }
        });
        before.answers().keySet().stream()
                .filter(domain -> !answers.containsKey(domain))
                .forEach(changed::add);
        absent.stream().filter(domain -> !before.absent().contains(domain)).forEach(changed::add);
        return changed;
    }
}
