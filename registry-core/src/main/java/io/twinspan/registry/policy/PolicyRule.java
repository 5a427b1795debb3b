package io.twinspan.registry.policy;

import org.jspecify.annotations.Nullable;

/**
 * What an operator decided for a target. What is null is left to less specific rules.
 *
 * @param isPushed false keeps the peer's providers from consumers here, while its sync goes on
 * @param isWithdrawn true declares lost what is held of the peer: it is shown only where there are no providers of one's own
 */
public record PolicyRule(
        PolicyTarget target,
        @Nullable FetchPolicy fetch,
        @Nullable Boolean isPushed,
        @Nullable ViewPolicy view,
        @Nullable Boolean isWithdrawn) {
    /** Refuses a rule that decides nothing. */
    public PolicyRule {
        if (fetch == null && isPushed == null && view == null && isWithdrawn == null) {
            throw new IllegalArgumentException(
                    "the policy for " + target + " decides nothing; give fetch, push, view or withdrawn");
        }
    }

    /** A rule that leaves open whether anything is lost. */
    public PolicyRule(
            PolicyTarget target, @Nullable FetchPolicy fetch, @Nullable Boolean isPushed, @Nullable ViewPolicy view) {
        this(target, fetch, isPushed, view, null);
    }

    /** This rule, with what the other one decides in place of its own. */
    public PolicyRule with(PolicyRule other) {
        return new PolicyRule(
                target,
                other.fetch == null ? fetch : other.fetch,
                other.isPushed == null ? isPushed : other.isPushed,
                other.view == null ? view : other.view,
                other.isWithdrawn == null ? isWithdrawn : other.isWithdrawn);
    }
}
