package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a datacenter keeps doing when the broker and the other datacenter are gone, and what happens when they come back. */
class DatacenterLossTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final int EAST = 7_000;
    private static final int WEST = 8_000;

    @TempDir
    Path folder;

    @Test
    void theLossOfBrokerAndPeerTakesNothingAwayAndBothComeBack() {
        int port = KafkaFixture.freePort();
        KafkaFixture kafka = KafkaFixture.embedded(folder.resolve("kafka"), port);
        try (NodeProcess east = NodeProcess.start(
                        NodeSpec.alone("east", EAST).withPeer("west", WEST, kafka.bootstrap()), folder);
                NodeProcess west = NodeProcess.start(
                        NodeSpec.alone("west", WEST).withPeer("east", EAST, kafka.bootstrap()), folder)) {
            east.awaitHealthy();
            west.awaitHealthy();
            Publisher far = new RecordingClient(east, "east-app").publish("com.example.Far", "10.1.0.1:1");
            RecordingClient client = new RecordingClient(west, "west-app");
            RecordingClient.Shown fromEast = client.subscribe("com.example.Far", ScopeEnum.global);
            RecordingClient.Shown own = client.subscribe("com.example.Own", ScopeEnum.global);
            await("the east's address").atMost(BOUND).until(() -> fromEast.now().equals(List.of("10.1.0.1:1")));

            kafka.close();
            east.kill9();
            Publisher near = client.publish("com.example.Own", "10.2.0.1:1");
            await("own pushes go on").atMost(BOUND).until(() -> own.now().equals(List.of("10.2.0.1:1")));
            RecordingClient.Shown late =
                    new RecordingClient(west, "late").subscribe("com.example.Far", ScopeEnum.global);
            await("a newcomer gets what is known of the lost east")
                    .atMost(BOUND)
                    .until(() -> late.now().equals(List.of("10.1.0.1:1")));

            KafkaFixture again = KafkaFixture.embedded(folder.resolve("kafka"), port);
            east.restart().awaitHealthy();
            far.republish("10.1.0.1:2");
            await("a change in the east after all is back")
                    .atMost(BOUND)
                    .until(() -> fromEast.now().equals(List.of("10.1.0.1:2")));
            near.republish("10.2.0.1:2");
            await("own pushes still go").atMost(BOUND).until(() -> own.now().equals(List.of("10.2.0.1:2")));
            assertNothingVanished(fromEast);
            assertNothingVanished(late);
            again.close();
        }
    }

    /** Before its first address a list may be empty; after it never. */
    private static void assertNothingVanished(RecordingClient.Shown shown) {
        List<List<String>> all = shown.all();
        int first = 0;
        while (all.get(first).isEmpty()) {
            first++;
        }
        assertThat(all.subList(first, all.size())).noneMatch(List::isEmpty);
    }
}
