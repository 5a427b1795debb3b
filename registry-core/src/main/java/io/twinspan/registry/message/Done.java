package io.twinspan.registry.message;

/** The answer of a request that is carried out and has nothing to report. */
public record Done() {
    /** The one instance. */
    public static final Done DONE = new Done();
}
