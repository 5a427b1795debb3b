package io.twinspan.registry.node.data;

/** A store cannot be opened or read; the message names the folder and what to do. */
public final class SnapshotStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the folder and what is wrong */
    public SnapshotStoreException(String message) {
        super(message);
    }

    /** @param message names the folder and what is wrong */
    public SnapshotStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
