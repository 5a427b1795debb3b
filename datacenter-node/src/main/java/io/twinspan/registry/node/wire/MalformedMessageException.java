package io.twinspan.registry.node.wire;

/** Bytes that are not what they should be. The message says what was being read and what is wrong with it, in one line. */
public final class MalformedMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String reading, String wrong) {
        super("malformed " + reading + ": " + wrong);
    }

    MalformedMessageException(String reading, Exception cause) {
        super("malformed " + reading + ": " + cause.getMessage(), cause);
    }
}
