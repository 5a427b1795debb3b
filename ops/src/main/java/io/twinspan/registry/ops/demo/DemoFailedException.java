package io.twinspan.registry.ops.demo;

/** The demo was started and went wrong; what had been started is ended. The message is meant for the user. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
