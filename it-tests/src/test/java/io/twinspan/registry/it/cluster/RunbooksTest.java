package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.CommandLineRun;
import io.twinspan.registry.it.fixture.KafkaArrangement;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.RestartDoor;
import io.twinspan.registry.it.fixture.RunbookPage;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of the disaster table that need no failover, and a rolling release, with official clients on both sides; the operator
 * follows the runbooks.
 */
class RunbooksTest {
    private static final int EAST = 12_400;
    private static final int WEST = 12_600;

    /** T across datacenters of DESIGN §13 and room for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final String PAYMENTS = "com.example.Payments";

    @TempDir
    static Path folder;

    private static TwoDatacenters both;
    private static RecordingClient east;
    private static RecordingClient west;

    @BeforeAll
    static void startBothDatacenters() {
        both = TwoDatacenters.start(KafkaArrangement.CLUSTER_EACH, EAST, WEST, folder);
        east = new RecordingClient(both.east(), "east-app");
        west = new RecordingClient(both.west(), "west-app");
    }

    @AfterAll
    static void stopBothDatacenters() {
        if (both != null) {
            both.close();
        }
    }

    @Test
    void onNormalDaysEachDatacenterCallsItsOwnProviders() {
        Service service = new Service("com.example.Normal").provided();
        try (RunbookPage page = page("normal-days.md", service.name)) {
            page.play("See that it is so");
        }
        assertThat(service.inEast.all()).as("east").allMatch(list -> !list.contains(service.ofWest(1)));
        assertThat(service.inWest.all()).as("west").allMatch(list -> !list.contains(service.ofEast(1)));
    }

    @Test
    void whenTheProvidersOfOneDatacenterDieItsConsumersGetThePeers() {
        Service service = new Service("com.example.Dying").provided();
        try (RunbookPage page = page("providers-die.md", service.name)) {
            service.eastern.unregister();
            awaitShown(service.inEast, service.ofWest(1));
            page.play("See what consumers are given");
            east.publish(service.name, service.ofEast(1));
            awaitShown(service.inEast, service.ofEast(1));
            page.play("When the providers are back");
        }
        assertThat(service.inWest.all()).as("the west notices nothing").allMatch(List.of(service.ofWest(1))::equals);
    }

    @Test
    void whatTheRegistryHearsNothingOfIsNotInventedAndALinkThatComesBackHeals() {
        String name = "com.example.Alone";
        Service lively = new Service("com.example.Lively").provided();
        Publisher payments = west.publish(PAYMENTS, "10.2.0.2:12200");
        try (RunbookPage alone = page("providers-die-alone.md", name);
                RunbookPage breaks = page("link-breaks.md", lively.name);
                RunbookPage tools = page("link-cut-tools.md", lively.name)) {
            alone.play("While the sync is off");
            Service service = new Service(name).provided();
            service.eastern.unregister();
            awaitShown(service.inEast);
            alone.play("When the own providers are gone meanwhile");
            assertThat(service.inEast.all())
                    .as("nothing is invented")
                    .noneMatch(list -> list.contains(service.ofWest(1)));
            alone.play("To let consumers have the other datacenter's providers");
            awaitShown(service.inEast, service.ofWest(1));

            both.link().cut();
            RecordingClient.Shown neverFetched = east.subscribe(PAYMENTS, ScopeEnum.global);
            lively.eastern.republish(lively.ofEast(3));
            lively.western.republish(lively.ofWest(3));
            breaks.play("While it is broken");
            alone.play("While the link is cut");
            tools.play("In the east");
            tools.play("In the west");
            assertThat(neverFetched.all()).as("nothing is invented").allMatch(List::isEmpty);

            both.link().heal();
            breaks.play("When it is back");
            tools.play("When the link is back");
            awaitShown(neverFetched, "10.2.0.2:12200");
            assertThat(service.inEast.now()).as("what was known stays").containsExactly(service.ofWest(1));
        }
        assertThat(payments.isRegistered()).isTrue();
        for (RecordingClient.Shown shown : List.of(lively.inEast, lively.inWest)) {
            assertThat(shown.all().stream().dropWhile(List::isEmpty))
                    .as("own service goes on")
                    .allMatch(list -> list.size() == 1)
                    .isSortedAccordingTo((one, other) -> one.get(0).compareTo(other.get(0)));
        }
    }

    @Test
    void aRollingReleaseHaltsAtANodeThatWasNotRestartedAndGoesOn() {
        Service service = new Service("com.example.Rolled").provided();
        String journal = " --journal " + folder.resolve("rolling.json");
        Map<String, String> words = words(service.name);
        words.put(" --dc west", " --dc west" + journal);
        try (RestartDoor door = new RestartDoor(List.of(both.west()))) {
            words.put("ssh {node} sudo systemctl restart twinspan", door.command());
            try (RunbookPage page = RunbookPage.open("rolling-release.md", words)) {
                page.play("See what would be done");
                CommandLineRun halted = halt(folder.resolve("rolling.json"));
                assertThat(halted.code()).as(halted.said()).isEqualTo(1);
                page.play("When it has halted");
                page.play("Do it");
            }
            assertThat(door.restarted()).hasSize(2);
        }
        await("west is back")
                .atMost(BOUND)
                .until(() ->
                        both.west().get(NodePort.DATA_HTTP, "/health/check").statusCode() == 200);
        assertThat(service.inWest.all()).as("no list gets shorter").allMatch(List.of(service.ofWest(1))::equals);
    }

    /** A run whose command restarts nothing. */
    private static CommandLineRun halt(Path journal) {
        List<String> words = new ArrayList<>(List.of("rolling-restart", "--dc", "west", "--healthy-within", "1s"));
        words.addAll(List.of("--server", both.west().address(NodePort.META_HTTP)));
        words.addAll(List.of("--journal", journal.toString(), "--with", "true {node}"));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    /** A service with one provider and one consumer, both official clients, on each side. */
    private static final class Service {
        private final String name;
        private final Publisher eastern;
        private final Publisher western;
        private final RecordingClient.Shown inEast;
        private final RecordingClient.Shown inWest;

        Service(String name) {
            this.name = name;
            this.eastern = east.publish(name, ofEast(1));
            this.western = west.publish(name, ofWest(1));
            await(name + " is registered").atMost(BOUND).until(() -> eastern.isRegistered() && western.isRegistered());
            this.inEast = east.subscribe(name, ScopeEnum.global);
            this.inWest = west.subscribe(name, ScopeEnum.global);
        }

        Service provided() {
            awaitShown(inEast, ofEast(1));
            awaitShown(inWest, ofWest(1));
            return this;
        }

        String ofEast(int number) {
            return "10.1.0." + number + ":12200";
        }

        String ofWest(int number) {
            return "10.2.0." + number + ":12200";
        }
    }

    private static void awaitShown(RecordingClient.Shown shown, String... addresses) {
        await("exactly " + List.of(addresses))
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of(addresses)));
    }

    private static RunbookPage page(String name, String service) {
        return RunbookPage.open(name, words(service));
    }

    private static Map<String, String> words(String service) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("com.example.Orders", service);
        put(words, "EAST", both.east());
        put(words, "WEST", both.west());
        return words;
    }

    private static void put(Map<String, String> words, String side, NodeProcess node) {
        words.put(side + "META:9615", node.address(NodePort.META_HTTP));
        words.put(side + "SESSION:9603", node.address(NodePort.SESSION_HTTP));
    }
}
