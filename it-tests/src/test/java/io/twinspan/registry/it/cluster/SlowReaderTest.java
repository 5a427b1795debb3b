package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.StalledSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that stopped reading among others that go on. */
class SlowReaderTest {
    private static final int OFFSET = 22_000;
    private static final int SERVICES = 40;
    private static final int STALLED = 12;
    private static final int ROUNDS = 20;
    private static final int ADDRESS_BYTES = 50_000;

    /** Written out for every stalled client, all that is pushed would be 480 MB. */
    private static final int HEAP_MEGABYTES = 192;

    @TempDir
    Path folder;

    @Test
    void clientsThatReadNothingCostLittleMemoryAndDelayNobody() {
        List<String> services = IntStream.range(0, SERVICES)
                .mapToObj(i -> "com.example.Slow" + i)
                .toList();
        List<StalledSubscriber> stalled = new ArrayList<>();
        NodeSpec spec = NodeSpec.alone("east", OFFSET).withHeapMegabytes(HEAP_MEGABYTES);
        try (NodeProcess node = NodeProcess.start(spec, folder)) {
            node.awaitHealthy();
            for (int i = 0; i < STALLED; i++) {
                stalled.add(StalledSubscriber.of(node, "stalled-" + i, services));
            }
            serveTheOthers(node, services);
            assertThat(node.console()).doesNotContain("OutOfMemory");
            assertThat(node.get(NodePort.SESSION_HTTP, "/health/check").statusCode())
                    .isEqualTo(200);
        } finally {
            stalled.forEach(StalledSubscriber::close);
        }
    }

    private static void serveTheOthers(NodeProcess node, List<String> services) {
        RecordingClient consumer = new RecordingClient(node, "consumer");
        RecordingClient provider = new RecordingClient(node, "provider");
        Map<String, RecordingClient.Shown> shown = new TreeMap<>();
        Map<String, Publisher> publishers = new TreeMap<>();
        for (String service : services) {
            publishers.put(service, provider.publish(service, address(0)));
            shown.put(service, consumer.subscribe(service, ScopeEnum.dataCenter));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            String newest = address(round);
            publishers.values().forEach(publisher -> publisher.republish(newest));
            await("everybody who reads has round " + round)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> assertThat(shown.values())
                            .allMatch(each -> each.now().equals(List.of(newest))));
        }
    }

    private static String address(int round) {
        return round + "-" + "x".repeat(ADDRESS_BYTES);
    }
}
