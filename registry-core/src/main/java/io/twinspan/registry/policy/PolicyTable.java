package io.twinspan.registry.policy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All policies of a datacenter. Of the rules that cover a peer's service, the most specific one that decides a matter decides it;
 * see {@link PolicyTarget#compareTo}.
 *
 * @param version rises with each change, over all lives of the meta group; 0 while nobody has decided anything
 * @param rules the most specific first, one for each target
 */
public record PolicyTable(long version, List<PolicyRule> rules) {
    /** Nobody has decided anything. */
    public static final PolicyTable EMPTY = new PolicyTable(0, List.of());

    /** Most rules in a table. */
    public static final int MOST_RULES = 1_000;

    /** Sorts the rules; refuses two for one target, too many, and a negative version. */
    public PolicyTable {
        if (version < 0) {
            throw new IllegalArgumentException("the version of policies is " + version + ", which is below 0");
        }
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException(rules.size() + " policies are too many, " + MOST_RULES + " are allowed");
        }
        Set<PolicyTarget> targets = new HashSet<>();
        for (PolicyRule rule : rules) {
            if (!targets.add(rule.target())) {
                throw new IllegalArgumentException("there are two policies for " + rule.target());
            }
        }
        rules = rules.stream()
                .sorted((a, b) -> a.target().compareTo(b.target()))
                .toList();
    }

    /** What was decided about fetching; empty when nothing was, so that the datacenter's duty may decide. */
    public Optional<FetchPolicy> fetch(DatacenterId peer, DataInfoId service) {
        return find(peer, service, PolicyRule::fetch);
    }

    /** True when it was decided that no service of a peer is fetched, and no decision for some of them says otherwise. */
    public boolean isNothingFetched(DatacenterId peer) {
        for (PolicyRule rule : rules) {
            if (rule.fetch() == null || !rule.target().concerns(peer)) {
                continue;
            }
            if (rule.fetch() != FetchPolicy.NEVER) {
                return false;
            }
            if (rule.target().isOfEveryService()) {
                return true;
            }
        }
        return false;
    }

    /**
     * How consumers here are shown the peer's service.
     *
     * @param undecided what holds where nothing was decided
     */
    public PeerShowing showing(DatacenterId peer, DataInfoId service, PeerShowing undecided) {
        return new PeerShowing(
                find(peer, service, PolicyRule::view).orElse(undecided.view()),
                find(peer, service, PolicyRule::isPushed).orElse(undecided.isPushed()));
    }

    /** True when what is held of the peer's service is declared lost. */
    public boolean isWithdrawn(DatacenterId peer, DataInfoId service) {
        return find(peer, service, PolicyRule::isWithdrawn).orElse(false);
    }

    private <T> Optional<T> find(DatacenterId peer, DataInfoId service, Function<PolicyRule, @Nullable T> matter) {
        for (PolicyRule rule : rules) {
            T decided = matter.apply(rule);
            if (decided != null && rule.target().covers(peer, service)) {
                return Optional.of(decided);
            }
        }
        return Optional.empty();
    }
}
