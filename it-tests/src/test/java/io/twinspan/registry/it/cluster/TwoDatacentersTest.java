package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.it.fixture.CountingRelay;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.TopicBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** East and west, a broker between them, official clients on both sides. */
class TwoDatacentersTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int EAST = 11_000;
    private static final int WEST = 12_000;
    private static final int RELAY_PORT = 23_621;

    @TempDir
    static Path folder;

    private static KafkaFixture kafka;
    private static NodeProcess east;
    private static NodeProcess west;
    private static CountingRelay relay;
    private static RecordingClient eastClient;
    private static RecordingClient westClient;

    @BeforeAll
    static void startBothDatacenters() {
        kafka = KafkaFixture.start();
        relay = new CountingRelay(RELAY_PORT, 9621 + EAST);
        east = NodeProcess.start(
                NodeSpec.alone("east", EAST)
                        .withPeer("west", WEST, kafka.bootstrap())
                        .with("  advertised:\n    data-for-data: 127.0.0.1:" + RELAY_PORT + "\n"),
                folder);
        west = NodeProcess.start(NodeSpec.alone("west", WEST).withPeer("east", EAST, kafka.bootstrap()), folder);
        east.awaitHealthy();
        west.awaitHealthy();
        eastClient = new RecordingClient(east, "east-app");
        westClient = new RecordingClient(west, "west-app");
    }

    @AfterAll
    static void stopBothDatacenters() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {east, west, relay, kafka}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void addressesCrossOnlyWhenSomebodyAsksAndThenInOneFetch() {
        String service = "com.example.Lazy";
        String address = "10.1.1.1:12200?unmistakable=Kj83hQ";
        eastClient.publish(service, address);
        await("the version of the service on the topic")
                .atMost(BOUND)
                .until(() -> topic("east").contains(service));

        assertThat(topic("east")).doesNotContain(address).doesNotContain("unmistakable");
        assertThat(relay.requestsNaming(service))
                .as("fetches before anybody asked")
                .isZero();

        RecordingClient.Shown shown = westClient.subscribe(service, ScopeEnum.global);
        await("the east's address in the west")
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of(address)));

        assertThat(relay.requestsNaming(service))
                .as("fetches for one subscriber")
                .isEqualTo(1);
        assertThat(topic("east")).doesNotContain("unmistakable");
    }

    @Test
    void globalSubscriberGetsOwnProvidersFirstAndThePeersWhenOwnAreGone() {
        String service = "com.example.OwnFirst";
        eastClient.publish(service, "10.1.0.1:1");
        RecordingClient.Shown shown = westClient.subscribe(service, ScopeEnum.global);
        await("the east's while the west has none")
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of("10.1.0.1:1")));

        Publisher own = westClient.publish(service, "10.2.0.1:1");
        await("only own once there are own")
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of("10.2.0.1:1")));

        int shownBefore = shown.all().size();
        own.unregister();
        await("the east's again").atMost(BOUND).until(() -> shown.now().equals(List.of("10.1.0.1:1")));
        assertThat(shown.all().subList(shownBefore, shown.all().size()))
                .as("turning over never empties the list")
                .noneMatch(List::isEmpty);
    }

    @Test
    void scopeDatacenterNeverSeesThePeer() {
        String service = "com.example.Near";
        eastClient.publish(service, "10.1.0.2:1");
        RecordingClient.Shown far = westClient.subscribe(service, ScopeEnum.global);
        RecordingClient.Shown near = westClient.subscribe(service, ScopeEnum.dataCenter);
        await("the east's for scope global").atMost(BOUND).until(() -> far.now().equals(List.of("10.1.0.2:1")));

        westClient.publish(service, "10.2.0.2:1");
        await("own for scope dataCenter").atMost(BOUND).until(() -> near.now().equals(List.of("10.2.0.2:1")));
        assertThat(near.all()).allSatisfy(list -> assertThat(list).doesNotContain("10.1.0.2:1"));
    }

    @Test
    void changesAndRemovalsInTheEastReachTheWest() {
        String service = "com.example.Moving";
        Publisher publisher = eastClient.publish(service, "10.1.0.3:1");
        RecordingClient.Shown shown = westClient.subscribe(service, ScopeEnum.global);
        await().atMost(BOUND).until(() -> shown.now().equals(List.of("10.1.0.3:1")));

        publisher.republish("10.1.0.3:1", "10.1.0.4:1");
        await().atMost(BOUND).until(() -> shown.now().equals(List.of("10.1.0.3:1", "10.1.0.4:1")));

        publisher.unregister();
        await().atMost(BOUND).until(() -> shown.now().isEmpty());
    }

    private static String topic(String datacenter) {
        return TopicBytes.read(kafka.bootstrap(), "twinspan.announce." + datacenter);
    }
}
