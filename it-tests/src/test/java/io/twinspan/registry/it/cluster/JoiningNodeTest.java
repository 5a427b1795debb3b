package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A data node joins and is given slots whose registrations are elsewhere. */
@Execution(ExecutionMode.CONCURRENT)
class JoiningNodeTest {
    private static final int OFFSET = 16_300;
    private static final List<String> HOSTS = List.of("127.0.3.1", "127.0.3.2", "127.0.3.3");
    private static final int SERVICES = 100;

    /** The joining node's slots are cold for 2 s, and settle then. */
    private static final Duration SETTLED = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    @Test
    void slotsThatMoveToItShortenNoList() {
        try (NodeProcess first = start(0);
                NodeProcess second = start(1)) {
            first.awaitHealthy();
            second.awaitHealthy();
            awaitDataNodes(first, 2);
            RecordingClient one = new RecordingClient(first, "one");
            RecordingClient two = new RecordingClient(second, "two");
            RecordingClient consumer = new RecordingClient(first, "consumer");
            Map<String, RecordingClient.Shown> shown = new TreeMap<>();
            for (int i = 0; i < SERVICES; i++) {
                String service = "com.example.Moving" + i;
                one.publish(service, "10.1.0.1:" + (1000 + i));
                two.publish(service, "10.1.0.2:" + (1000 + i));
                shown.put(service, consumer.subscribe(service, ScopeEnum.dataCenter));
            }
            soon("both publishers of every service")
                    .untilAsserted(() -> assertThat(shown.values())
                            .allSatisfy(each -> assertThat(each.now()).hasSize(2)));
            Map<String, Integer> before = new TreeMap<>();
            shown.forEach((service, each) -> before.put(service, each.all().size()));

            try (NodeProcess third = start(2)) {
                third.awaitHealthy();
                awaitDataNodes(first, 3);
                RecordingClient late = new RecordingClient(second, "late");
                shown.keySet().stream().limit(SERVICES / 2).toList().forEach(service -> {
                    RecordingClient.Shown each = late.subscribe(service, ScopeEnum.dataCenter);
                    shown.put(service + " late", each);
                    before.put(service + " late", 0);
                });
                await("lists while the slots move")
                        .during(SETTLED)
                        .atMost(SETTLED.plusSeconds(20))
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> shown.forEach((service, each) -> assertThat(each.all()
                                        .subList(
                                                before.getOrDefault(service, 0),
                                                each.all().size()))
                                .as("lists of %s since the third joined", service)
                                .allMatch(list -> list.size() == 2)));
                RecordingClient three = new RecordingClient(third, "three");
                for (int i = 0; i < SERVICES; i++) {
                    three.publish("com.example.Moving" + i, "10.1.0.3:" + (1000 + i));
                }
                soon("news of every service under its new leader")
                        .untilAsserted(() -> assertThat(shown.values())
                                .allSatisfy(each -> assertThat(each.now()).hasSize(3)));
                shown.forEach((service, each) -> assertThat(each.all()
                                .subList(
                                        before.getOrDefault(service, 0),
                                        each.all().size()))
                        .as("lists of %s since the third joined", service)
                        .allMatch(list -> list.size() >= 2));
            }
        }
    }

    private NodeProcess start(int number) {
        String host = HOSTS.get(number);
        return NodeProcess.start(NodeSpec.oneOf(HOSTS, host, "east", OFFSET), folder.resolve(host));
    }

    private static void awaitDataNodes(NodeProcess meta, int number) {
        soon(number + " data nodes")
                .until(() -> meta.get(NodePort.META_HTTP, "/digest/data/node/query")
                                .body()
                                .split(",")
                                .length
                        == number);
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
