package io.twinspan.registry.ops.demo;

/** A check says no; nothing has been started or changed. The message names the thing, what is wrong and what to do. */
public final class DemoRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoRefusedException(String message) {
        super(message);
    }
}
