package io.twinspan.registry.node.bolt;

import java.time.Duration;

/**
 * Bounds of the calls between nodes.
 *
 * @param frameLimitBytes largest request and answer; a larger one is refused by its sender, and a connection that sends one is
 *     closed
 * @param maxPeers endpoints that are called from here, one connection each unless more are asked for
 * @param maxConnections to one endpoint
 * @param maxWaiting calls that wait for one connection while it is being made
 * @param connectTimeout after which an endpoint counts as not reachable, at most a minute
 * @param silence after which a connection is given up over which something was asked and nothing has come, at most a minute
 */
public record PeerTransportSettings(
        int frameLimitBytes,
        int maxPeers,
        int maxConnections,
        int maxWaiting,
        Duration connectTimeout,
        Duration silence) {
    /** Refuses bounds that bound nothing. */
    public PeerTransportSettings {
        atLeastOne("frame-limit-bytes", frameLimitBytes);
        atLeastOne("max-peers", maxPeers);
        atLeastOne("max-connections", maxConnections);
        atLeastOne("max-waiting", maxWaiting);
        atMostAMinute("connect-timeout", connectTimeout);
        atMostAMinute("silence", silence);
    }

    /** 64 MiB frames, 1000 peers, 64 connections to each, 10 000 waiting calls, 1 s to connect, 3 s of silence. */
    public static PeerTransportSettings standard() {
        return new PeerTransportSettings(64 << 20, 1_000, 64, 10_000, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    private static void atMostAMinute(String key, Duration value) {
        if (value.toMillis() < 1 || value.toMinutes() > 1) {
            throw new IllegalArgumentException("peer-transport." + key + " is " + value + "; take 1 ms to 1 min");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("peer-transport." + key + " is " + value + "; take at least 1");
        }
    }
}
