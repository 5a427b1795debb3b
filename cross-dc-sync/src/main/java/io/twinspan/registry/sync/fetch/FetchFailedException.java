package io.twinspan.registry.sync.fetch;

/** Tells the breaker that a call got no answer that could be used. It says nothing more, and has no stack. */
final class FetchFailedException extends Exception {
    private static final long serialVersionUID = 1;

    FetchFailedException() {
        super("no answer", null, false, false);
    }
}
