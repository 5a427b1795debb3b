package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeftSessionsTest {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final LeftSessions left = new LeftSessions(EVERY, WITHIN);
    private final List<AutoCloseable> open = new ArrayList<>();
    private long now = 1;

    @AfterEach
    void close() throws Exception {
        left.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aHostOfWhichNothingIsHeardThreeTimesIsGone() throws IOException {
        InetSocketAddress silent = silent();
        for (int i = 1; i < LeftSessions.GONE_AFTER; i++) {
            assertThat(gone(silent)).as("asked %s times", i).isEmpty();
            now += WITHIN.toNanos();
            assertThat(gone(silent)).as("nothing heard %s times", i).isEmpty();
            now += EVERY.toNanos();
        }
        assertThat(gone(silent)).isEmpty();
        now += WITHIN.toNanos();
        assertThat(gone(silent)).containsExactly(silent);
    }

    @Test
    void aHostThatTakesOrRefusesConnectionsIsThere() throws IOException {
        ServerSocket taking = listening();
        ServerSocket refusing = listening();
        refusing.close();
        for (InetSocketAddress there : List.of(address(taking), address(refusing))) {
            for (int i = 0; i <= LeftSessions.GONE_AFTER; i++) {
                gone(there);
                // The answer of this machine may take a moment, and no time passes meanwhile.
                await().until(() -> {
                    assertThat(gone(there)).isEmpty();
                    return !left.isWaiting(there);
                });
                now += EVERY.toNanos();
            }
        }
    }

    @Test
    void aHostThatNobodyWasLedToMeanwhileIsCountedAnew() throws IOException {
        InetSocketAddress silent = silent();
        for (int i = 1; i < LeftSessions.GONE_AFTER; i++) {
            gone(silent);
            now += WITHIN.toNanos();
            gone(silent);
            now += EVERY.toNanos();
        }
        // It has streams no more, and then some again.
        left.gone(Set.of(), now);
        gone(silent);
        now += WITHIN.toNanos();
        assertThat(gone(silent)).isEmpty();
    }

    private Set<InetSocketAddress> gone(InetSocketAddress of) {
        return left.gone(Set.of(of), now);
    }

    private InetSocketAddress silent() throws IOException {
        LostHost host = new LostHost();
        open.add(host);
        host.lose();
        return host.address();
    }

    private ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(server);
        return server;
    }

    private static InetSocketAddress address(ServerSocket server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }
}
