package io.twinspan.registry.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.SyncComparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two datacenters as processes whose broker is missing at the start, goes and comes back, and whose topics are deleted and truncated
 * by a real broker. Outcomes and seconds are those of the table on manual time; here the machine is busy with others, too.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokerOutcomesTest {
    private static final int EAST = 17_400;
    private static final int WEST = 17_600;

    /** By how much a busy machine may take longer than manual time. */
    private static final int BUSY = 3;

    private static final String ANNOUNCEMENTS = "twinspan.announce.east";
    private static final String SERVICE = "com.example.Orders";

    @TempDir
    Path folder;

    @Test
    void whateverBrokerAndTopicsDoTheWestShowsWhatTheEastHas() throws Exception {
        int port = KafkaFixture.freePort();
        String bootstrap = "127.0.0.1:" + port;
        try (NodeProcess east =
                        NodeProcess.start(NodeSpec.alone("east", EAST).withPeer("west", WEST, bootstrap), folder);
                NodeProcess west =
                        NodeProcess.start(NodeSpec.alone("west", WEST).withPeer("east", EAST, bootstrap), folder)) {
            east.awaitHealthy();
            west.awaitHealthy();
            Both both = new Both(east, west);

            both.changeAndExpect("broker down at start", 20, "direct");
            try (KafkaFixture broker = KafkaFixture.embedded(folder.resolve("kafka"), port)) {
                both.expect("broker there, at " + broker.bootstrap(), 20, "kafka");
                both.changeAndExpect("first record", 10, "kafka");
            }
            both.changeAndExpect("broker down later", 20, "direct");
            try (KafkaFixture again = KafkaFixture.embedded(folder.resolve("kafka"), port);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", again.bootstrap()))) {
                both.expect("broker back", 20, "kafka");
                both.changeAndExpect("first record after that", 10, "kafka");

                admin.deleteTopics(List.of(ANNOUNCEMENTS)).all().get(20, TimeUnit.SECONDS);
                both.changeAndExpect("topic deleted and made anew", 20, "kafka");

                both.change();
                TopicEnds.truncate(admin, ANNOUNCEMENTS);
                both.changeAndExpect("topic truncated", 10, "kafka");

                assertThat(SyncComparison.disagreement(east, true)).isEmpty();
                assertThat(SyncComparison.disagreement(west, true)).isEmpty();
            }
            both.assertNothingVanished();
        }
    }

    /** A provider in the east, and a consumer of each side. */
    private static final class Both {
        private final NodeProcess east;
        private final NodeProcess west;
        private final Publisher publisher;
        private final RecordingClient.Shown near;
        private final RecordingClient.Shown far;
        private int round;

        Both(NodeProcess east, NodeProcess west) {
            this.east = east;
            this.west = west;
            RecordingClient eastClient = new RecordingClient(east, "east-app");
            this.publisher = eastClient.publish(SERVICE, address());
            this.near = eastClient.subscribe(SERVICE, ScopeEnum.dataCenter);
            this.far = new RecordingClient(west, "west-app").subscribe(SERVICE, ScopeEnum.global);
        }

        void change() {
            round++;
            publisher.republish(address());
            await("own discovery, round " + round)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> near.now().equals(List.of(address())));
        }

        void changeAndExpect(String what, int seconds, String path) {
            change();
            expect(what, seconds, path);
        }

        void expect(String what, int seconds, String path) {
            long began = System.nanoTime();
            await(what).atMost(Duration.ofSeconds((long) seconds * BUSY)).untilAsserted(() -> {
                assertThat(far.now()).isEqualTo(List.of(address()));
                for (NodeProcess node : List.of(east, west)) {
                    assertThat(SyncComparison.stands(node, "SYNCED", path))
                            .as("%s over %s: %s", node.name(), path, SyncComparison.status(node))
                            .isTrue();
                }
            });
            System.out.println(what + ": " + (System.nanoTime() - began) / 1_000_000 + " ms");
        }

        void assertNothingVanished() {
            assertThat(far.all().stream().dropWhile(List::isEmpty)).noneMatch(List::isEmpty);
            assertThat(far.all().stream().dropWhile(List::isEmpty).toList())
                    .isSortedAccordingTo((one, other) -> one.get(0).compareTo(other.get(0)));
        }

        private String address() {
            return "10.1.0." + (100 + round) + ":12200";
        }
    }
}
