package io.twinspan.registry.runtime;

/** A call to a peer failed: not reachable, no answer in time, or its answer says that it could not. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the peer and what went wrong */
    public PeerException(String message) {
        super(message);
    }

    /** @param message names the peer and what went wrong */
    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
