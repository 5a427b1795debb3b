package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.DomainAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question.
 *
 * @param answer null unless it was found
 * @param why it was not found; empty when it was
 */
public record Lookup(State state, @Nullable DomainAnswer answer, String why) {
    /** How a question ends. */
    public enum State {
        /** There is an answer. */
        FOUND,
        /** There is no such domain. */
        ABSENT,
        /** Nothing can be said now. */
        UNKNOWN
    }

    /** It is there. */
    public static Lookup found(DomainAnswer answer) {
        return new Lookup(State.FOUND, answer, "");
    }

    /** It is not there. */
    public static Lookup absent(String why) {
        return new Lookup(State.ABSENT, null, why);
    }

    /** Nothing can be said. */
    public static Lookup unknown(String why) {
        return new Lookup(State.UNKNOWN, null, why);
    }
}
