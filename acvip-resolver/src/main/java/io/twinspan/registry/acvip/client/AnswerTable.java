package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which answers stand. A source is the servers of one datacenter; several are followed at once, because those of the own datacenter
 * may be cut off from a decision that others have heard of.
 *
 * <pre>
 * a reply under                    the source            the answers
 * a lower epoch than was seen      counts as silent      stay
 * one too far ahead                counts as silent      stay
 * the highest, or a higher one     speaks                those of the best source that speaks under the highest epoch
 * (a source falls silent)          is silent             the same; the last ones when all are silent
 * </pre>
 *
 * Invariant: every answer that stands was confirmed under the highest epoch that was ever seen. Pure; not thread-safe.
 */
final class AnswerTable {
    /**
     * No server's checksum, so that each answers at once, also that there is no such domain; of a domain that it has said to be gone
     * an empty text waits until it is there.
     */
    static final String NEVER_HEARD = "none";

    private static final class Source {
        private int rank;
        private boolean speaks;
        private boolean isAskedAnew;
        private long heardNanos;
        private Optional<FederationEpoch> epoch = Optional.empty();
        private final Map<String, ServedAnswer> answers = new HashMap<>();
        private final Set<String> gone = new HashSet<>();
    }

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Set<String> watched = new HashSet<>();
    private Optional<FederationEpoch> highest = Optional.empty();
    private Standing standing = Standing.NOTHING;

    /** Goes on from what was kept; answers that are not of the highest epoch are left out. */
    void restore(Optional<FederationEpoch> seen, Collection<ServedAnswer> kept, long confirmedNanos) {
        highest = seen;
        Map<String, ServedAnswer> answers = new HashMap<>();
        kept.stream().filter(answer -> answer.epoch().equals(seen)).forEach(answer -> {
            answers.put(answer.domain(), answer);
            watched.add(answer.domain());
        });
        standing = new Standing(seen, answers, Set.of(), confirmedNanos, false, Map.of());
    }

    Standing standing() {
        return standing;
    }

    /** The sources there are, the best first; others are forgotten. */
    void setSources(List<String> ordered) {
        sources.keySet().retainAll(ordered);
        for (int i = 0; i < ordered.size(); i++) {
            sources.computeIfAbsent(ordered.get(i), name -> new Source()).rank = i;
        }
        decide();
    }

    void watch(String domain) {
        watched.add(domain);
    }

    void forget(String domain) {
        watched.remove(domain);
        sources.values().forEach(source -> {
            source.answers.remove(domain);
            source.gone.remove(domain);
        });
        decide();
    }

    /**
     * Checksums of what this source said last, for its next poll.
     *
     * @param isNew true to be told everything anew
     */
    Map<String, String> checksums(String name, Collection<String> domains, boolean isNew) {
        Source source = sources.get(name);
        if (source != null && isNew) {
            source.isAskedAnew = true;
        }
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String domain : domains) {
            ServedAnswer answer = source == null || isNew ? null : source.answers.get(domain);
            boolean isGone = source != null && !isNew && source.gone.contains(domain);
            checksums.put(domain, answer != null ? answer.checksum() : isGone ? "" : NEVER_HEARD);
        }
        return checksums;
    }

    EpochVerdict onReply(String name, PollReply reply, long now) {
        Source source = sources.get(name);
        EpochVerdict verdict = EpochVerdict.of(highest, reply.epoch());
        if (source == null) {
            return verdict;
        }
        if (verdict != EpochVerdict.TAKEN) {
            onSilent(name);
            return verdict;
        }
        highest = reply.epoch();
        source.epoch = reply.epoch();
        source.speaks = true;
        source.heardNanos = now;
        if (source.isAskedAnew) {
            // Who was asked for everything has said all that it knows: it does not stand behind what others of its kind
            // said.
            source.isAskedAnew = false;
            source.answers.clear();
            source.gone.clear();
        }
        for (ServedAnswer answer : reply.changed()) {
            if (watched.contains(answer.domain())) {
                source.answers.put(answer.domain(), answer);
                source.gone.remove(answer.domain());
            }
        }
        for (String domain : reply.gone()) {
            source.answers.remove(domain);
            if (watched.contains(domain)) {
                source.gone.add(domain);
            }
        }
        decide();
        return verdict;
    }

    /** None of the source's servers answers. */
    void onSilent(String name) {
        Source source = sources.get(name);
        if (source != null && source.speaks) {
            source.speaks = false;
            decide();
        }
    }

    private void decide() {
        Source best = best();
        Map<String, ServedAnswer> answers = new HashMap<>();
        Set<String> absent = new HashSet<>();
        Map<String, Long> unspoken = new HashMap<>();
        for (String domain : watched) {
            ServedAnswer answer = best == null ? null : best.answers.get(domain);
            if (answer != null) {
                answers.put(domain, answer.under(highest));
            } else if (best != null && best.gone.contains(domain)) {
                absent.add(domain);
            } else {
                keep(domain, answers, absent);
                unspoken.put(domain, standing.confirmedNanos(domain));
            }
        }
        unspoken.keySet().retainAll(answers.keySet());
        standing = new Standing(
                highest,
                answers,
                absent,
                best == null ? standing.confirmedNanos() : best.heardNanos,
                best != null,
                unspoken);
    }

    /** What the best source has not spoken of stays, unless it was said under an epoch that is over. */
    private void keep(String domain, Map<String, ServedAnswer> answers, Set<String> absent) {
        ServedAnswer before = standing.answers().get(domain);
        if (before != null && before.epoch().equals(highest)) {
            answers.put(domain, before);
        } else if (before == null
                && standing.absent().contains(domain)
                && standing.epoch().equals(highest)) {
            absent.add(domain);
        }
    }

    private @Nullable Source best() {
        return sources.values().stream()
                .filter(source -> source.speaks && source.epoch.equals(highest))
                .min(Comparator.comparingInt(source -> source.rank))
                .orElse(null);
    }
}
