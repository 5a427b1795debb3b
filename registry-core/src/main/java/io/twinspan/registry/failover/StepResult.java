package io.twinspan.registry.failover;

/**
 * How it stands with a step.
 *
 * @param text what was done or is missing, for operators
 */
public record StepResult(Word word, String text) {
    /** In one word. */
    public enum Word {
        /** It is in effect. */
        DONE,
        /** Not yet, or not reachable now; asking again may help. */
        NOT_YET,
        /** It cannot be, and asking again does not help. */
        REFUSED
    }

    /** It is in effect. */
    public static StepResult done(String text) {
        return new StepResult(Word.DONE, text);
    }

    /** Asking again may help. */
    public static StepResult notYet(String text) {
        return new StepResult(Word.NOT_YET, text);
    }

    /** Asking again does not help. */
    public static StepResult refused(String text) {
        return new StepResult(Word.REFUSED, text);
    }

    /** True when it is in effect. */
    public boolean isDone() {
        return word == Word.DONE;
    }
}
