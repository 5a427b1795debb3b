package io.twinspan.registry.ops.client;

/** A session could not be reached or did not answer like one. The message says which, why, and what to do. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
