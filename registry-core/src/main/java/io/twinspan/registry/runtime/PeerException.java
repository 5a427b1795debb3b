package io.twinspan.registry.runtime;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A call to a peer failed: not reachable, no answer in time, or its answer says that it could not. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_LINE = 300;

    /** @param message names the peer and what went wrong */
    public PeerException(String message) {
        super(message);
    }

    /** @param message names the peer and what went wrong */
    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** No answer came within the time given. */
    public static PeerException timedOut(String request, Endpoint peer, Duration timeout) {
        return new PeerException(
                request + " to " + peer + " timed out: no answer within " + timeout.toMillis() + " ms");
    }

    /**
     * The peer answered that it could not.
     *
     * @param why one line of the peer's
     */
    public static PeerException failedThere(String request, Endpoint peer, String why) {
        return new PeerException(request + " to " + peer + " failed there: " + why);
    }

    /** What a caller elsewhere is told of a failure: one bounded line, no stack and no cause. */
    public static String line(Throwable failure) {
        Throwable cause = unwrap(failure);
        String text = String.valueOf(cause.getMessage());
        String told = cause instanceof PeerException ? text : cause.getClass().getSimpleName() + ": " + text;
        String oneLine = told.replaceAll("\\R.*", "");
        return oneLine.length() <= LONGEST_LINE ? oneLine : oneLine.substring(0, LONGEST_LINE) + "…";
    }

    /** The failure itself, without what stages wrap around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
