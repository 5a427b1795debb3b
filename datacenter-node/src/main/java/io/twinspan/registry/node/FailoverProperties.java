package io.twinspan.registry.node;

import io.twinspan.registry.failover.FailoverHook;
import io.twinspan.registry.failover.FailoverStep;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code twinspan.failover}.
 *
 * @param hooks what is done between the steps of a failover, in this order
 */
record FailoverProperties(@DefaultValue List<Hook> hooks) {
    private static final String PREFIX = "HOOKS_";

    /**
     * One entry of {@code hooks}; what it means stands with {@link FailoverHook}.
     *
     * @param at any of first, before-commit, after-commit, last
     */
    record Hook(
            @DefaultValue("") String name,
            @DefaultValue("") String at,
            @DefaultValue("") String act,
            @Nullable String verify,
            @Nullable String undo,
            @DefaultValue("10s") Duration within) {
        FailoverHook hook() {
            return new FailoverHook(name, step(), act, verify == null ? "" : verify, undo == null ? "" : undo, within);
        }

        private FailoverStep step() {
            for (FailoverStep step : FailoverStep.values()) {
                if (step.isHooks() && word(step).equals(at)) {
                    return step;
                }
            }
            throw new IllegalArgumentException("twinspan.failover.hooks: '" + at + "' of hook '" + name
                    + "' is none of first, before-commit, after-commit, last");
        }

        private static String word(FailoverStep step) {
            return step.name()
                    .substring(PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-');
        }
    }

    /** All of them, checked. */
    List<FailoverHook> all() {
        return hooks.stream().map(Hook::hook).toList();
    }
}
