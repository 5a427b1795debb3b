package io.twinspan.registry.node.session;

import java.util.concurrent.CompletionStage;

/** One live connection of one client, as its transport offers it to the session role. All methods may be called on any thread. */
public interface ClientConnection {
    /** Number of this connection within the life of this process; never used twice. */
    long number();

    /** The client's {@code ip:port} as seen from here. */
    String remoteAddress();

    /** True when somebody in between, who leads clients to sessions by the resolver's answers, has named the client. */
    default boolean isForwarded() {
        return false;
    }

    /**
     * False while so much of what was sent has not been read that nothing more should be sent;
     * {@link ClientRequests#onReading} follows when that is over.
     */
    default boolean isReading() {
        return true;
    }

    /**
     * Sends one segment to subscribers of this connection.
     *
     * @return true when the client took it; false when it answered that it did not; fails on time-out or a lost connection
     */
    CompletionStage<Boolean> push(SegmentPush push);

    /** Sends a configuration value to watchers of this connection; answers as {@link #push}. */
    CompletionStage<Boolean> pushConfig(ConfigPush push);

    /** Closes the connection; {@link ClientRequests#onDisconnected} follows. */
    void close();
}
