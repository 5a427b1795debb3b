package io.twinspan.registry.node.session.http;

import java.time.Duration;

/** Where a stream of events goes. Port; belongs to the event loop of the streams. */
interface EventSink {
    /**
     * Takes an event; never blocks.
     *
     * @param key an event that waits under the same key is replaced by this one
     * @param data JSON, without line breaks
     */
    void offer(String key, String event, String data);

    /** How long the reader has been taking nothing although something waits. */
    Duration stuckFor();

    /** Ends the stream; nothing happens when it has ended. */
    void end();
}
