package io.twinspan.registry.node;

/** The node will not start as it is configured; the message names the key or the port and says what to do. */
final class NodeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** In the words of the cause. */
    NodeRefusedException(RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    NodeRefusedException(String message) {
        super(message);
    }
}
