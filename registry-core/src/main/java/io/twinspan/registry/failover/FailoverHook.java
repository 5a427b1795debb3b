package io.twinspan.registry.failover;

import java.time.Duration;

/**
 * What an operator wants done between the steps of a failover, outside of the registry: a name, a load balancer, a database, a
 * scheduler. Each of its parts is a command for the shell, or a URL that is posted to; it is to change nothing when it has been done
 * already, because whoever takes a run over does it again.
 *
 * @param name shown in notes
 * @param at the step in which it is done, one with {@link FailoverStep#isHooks}
 * @param act does it
 * @param verify succeeds when it is in effect; empty when {@code act} says so itself
 * @param undo takes it back; empty when there is nothing to take back
 * @param within how long each part may take
 */
public record FailoverHook(String name, FailoverStep at, String act, String verify, String undo, Duration within) {
    /** The longest time a part may be given. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** What of a hook is to be done. */
    public enum Part {
        /** Do it. */
        ACT,
        /** See whether it is in effect. */
        VERIFY,
        /** Take it back. */
        UNDO
    }

    /** Refuses a hook that could not be done, naming what is wrong. */
    public FailoverHook {
        if (name.isBlank() || act.isBlank()) {
            throw new IllegalArgumentException(
                    "a failover hook needs a name and an act: '" + name + "', '" + act + "'");
        }
        if (!at.isHooks()) {
            throw new IllegalArgumentException("failover hook " + name + " cannot be at step " + at);
        }
        if (within.isZero() || within.isNegative() || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "failover hook " + name + ": within " + within + " is not between 0 and " + LONGEST);
        }
    }

    /** What is run for a part; empty for nothing. */
    public String line(Part part) {
        return switch (part) {
            case ACT -> act;
            case VERIFY -> verify;
            case UNDO -> undo;
        };
    }
}
