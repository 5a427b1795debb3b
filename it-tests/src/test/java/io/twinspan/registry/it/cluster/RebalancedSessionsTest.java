package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RefreshingClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that comes back empty among full ones gets its share. Takes three minutes: {@code mvn verify -Plong}. */
@Tag("long")
class RebalancedSessionsTest {
    private static final int OFFSET = 10_950;
    private static final List<String> HOSTS = List.of("127.0.8.1", "127.0.8.2", "127.0.8.3");
    private static final int CLIENTS = 600;
    private static final Percentage TOLERANCE = Percentage.withPercentage(15);
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void aSessionThatHasRestartedHasItsShareWithinAMinuteAndNobodyWasMovedTwice() {
        HOSTS.forEach(host ->
                nodes.add(NodeProcess.start(NodeSpec.oneOf(HOSTS, host, "east", OFFSET), folder.resolve(host))));
        nodes.forEach(NodeProcess::awaitHealthy);
        try (RefreshingClients clients = new RefreshingClients(nodes, CLIENTS, new Random(1)).start()) {
            await("all are connected").atMost(A_MINUTE).untilAsserted(() -> assertConnected(clients, HOSTS.size()));

            nodes.get(2).kill9();
            await("all are at the other two").atMost(A_MINUTE).untilAsserted(() -> assertConnected(clients, 2));
            nodes.get(2).restart().awaitHealthy();
            clients.forgetLosses();

            await("each has its share")
                    .atMost(A_MINUTE)
                    .untilAsserted(() -> assertThat(clients.counts().values())
                            .hasSize(HOSTS.size())
                            .allSatisfy(count -> assertThat(count).isCloseTo(CLIENTS / HOSTS.size(), TOLERANCE)));
            assertThat(clients.mostLosses()).isEqualTo(1);
        }
    }

    private static void assertConnected(RefreshingClients clients, int sessions) {
        assertThat(clients.counts()).hasSize(sessions);
        assertThat(clients.counts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(CLIENTS);
    }
}
