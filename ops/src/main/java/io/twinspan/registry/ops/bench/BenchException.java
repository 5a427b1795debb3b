package io.twinspan.registry.ops.bench;

import org.jspecify.annotations.Nullable;

/** Nothing could be measured. The message says what was tried and what went wrong. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
