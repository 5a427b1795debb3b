package io.twinspan.registry.node.bolt;

import java.time.Duration;

/**
 * Bounds of the port for official clients.
 *
 * @param frameLimitBytes largest message of a client; a connection that announces a larger one is closed
 * @param maxConnections beyond which a new connection is closed at once
 * @param idle after which a connection on which nothing has come in is closed; clients send something every 15 s
 * @param pushTimeout within which a client acknowledges a push
 * @param syncInterval at which clients are asked to fetch their settings; they take the longest they were ever told
 * @param maxUnsentBytes of one connection beyond which its pushes fail, because the client does not read
 * @param maxUnanswered registrations of one connection beyond which nothing more is read from it until half of them are answered
 */
public record ClientEdgeSettings(
        int frameLimitBytes,
        int maxConnections,
        Duration idle,
        Duration pushTimeout,
        Duration syncInterval,
        int maxUnsentBytes,
        int maxUnanswered) {
    /** Refuses bounds that bound nothing. */
    public ClientEdgeSettings {
        atLeast("frame-limit-bytes", frameLimitBytes, 1024);
        atLeast("max-connections", maxConnections, 1);
        atLeast("max-unsent-bytes", maxUnsentBytes, 1024);
        atLeast("max-unanswered", maxUnanswered, 1);
        atMostAnHour("idle", idle);
        atMostAnHour("push-timeout", pushTimeout);
        atMostAnHour("sync-interval", syncInterval);
    }

    /** 10 MiB frames, 20 000 connections, 45 s idle, 2 s to acknowledge, 30 s between fetches, 16 MiB unsent, 256 unanswered. */
    public static ClientEdgeSettings standard() {
        return new ClientEdgeSettings(
                10 << 20, 20_000, Duration.ofSeconds(45), Duration.ofSeconds(2), Duration.ofSeconds(30), 16 << 20, 256);
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("client-edge." + key + " is " + value + "; take at least " + least);
        }
    }

    private static void atMostAnHour(String key, Duration value) {
        if (value.toMillis() < 1 || value.toHours() >= 1) {
            throw new IllegalArgumentException("client-edge." + key + " is " + value + "; take 1 ms to 1 h");
        }
    }
}
