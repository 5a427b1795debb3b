package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;

/**
 * How streams are forwarded.
 *
 * @param listen where clients connect
 * @param domain whose addresses they are connected to
 * @param proxyPort of the sessions, where a header names the client
 * @param limits what a stream may take
 */
public record ConnectSettings(Endpoint listen, String domain, ProxyPort proxyPort, Limits limits) {
    /**
     * Bounds of streams.
     *
     * @param mostStreams at one time; further clients wait in the system's queue
     * @param bufferBytes of each direction of a stream
     * @param connect within which a session takes a connection, before the next one is tried
     * @param lookUpEvery the name of a session is looked up anew when a client is led and the last look is so long ago
     * @param askEvery a session that has streams and is not named any more is asked so often whether it is still there
     * @param hold how long a client is kept for which no session is found
     * @param stuck after which a stream is ended of which one side reads nothing
     * @param halfClosed how long one side may go on after the other has ended
     * @param idle after which a stream is ended on which nothing comes; clients and sessions give up long before
     * @param moveAfter how long sessions of a datacenter that drains have to send their clients away themselves
     * @param wavePercent of such streams that are ended at once, at least one
     * @param waveEvery between two waves
     */
    public record Limits(
            int mostStreams,
            int bufferBytes,
            Duration connect,
            Duration lookUpEvery,
            Duration askEvery,
            Duration hold,
            Duration stuck,
            Duration halfClosed,
            Duration idle,
            Duration moveAfter,
            int wavePercent,
            Duration waveEvery) {
        /** Refuses bounds that bound nothing. */
        public Limits {
            if (mostStreams < 1 || bufferBytes < 1_024 || wavePercent < 1 || wavePercent > 100) {
                throw new IllegalArgumentException(
                        "forwarding needs a stream, 1 KiB for each, and waves of 1 to 100 %");
            }
            for (Duration each :
                    new Duration[] {connect, lookUpEvery, askEvery, hold, stuck, halfClosed, idle, waveEvery}) {
                if (each.toMillis() < 1) {
                    throw new IllegalArgumentException("forwarding is bounded by times of at least 1 ms, not " + each);
                }
            }
        }

        /**
         * 1 000 streams of 2 × 8 KiB; 1 s to connect, 5 s between two looks for a name, 2 s between two questions, 15 s for a session to be found; 60 s stuck, 30
         * s half closed, 3 min idle; after 5 s waves of 3 % each 500 ms, which is about as fast as sessions go.
         */
        public static Limits standard() {
            return new Limits(
                    1_000,
                    8 << 10,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    // Longer than to hear that a datacenter is gone: a client sent away waits up to 5 s.
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(5),
                    3,
                    Duration.ofMillis(500));
        }

        /** The same with another time for sessions to send their clients away. */
        public Limits withMoveAfter(Duration other) {
            return new Limits(
                    mostStreams,
                    bufferBytes,
                    connect,
                    lookUpEvery,
                    askEvery,
                    hold,
                    stuck,
                    halfClosed,
                    idle,
                    other,
                    wavePercent,
                    waveEvery);
        }
    }
}
