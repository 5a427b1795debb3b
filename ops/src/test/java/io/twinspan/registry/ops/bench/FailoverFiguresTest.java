package io.twinspan.registry.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.QuietLibraries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FailoverFiguresTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final long THREE = 0b111;

    @BeforeAll
    static void quieten() {
        QuietLibraries.quieten();
    }

    @Test
    void aListIsTheUnionOfItsSegmentsAndAnOlderNumberIsIgnored() {
        ShownService shown = new ShownService(THREE);
        assertThat(shown.onPush("east", 5, 0b001)).as("not begun yet").isZero();
        assertThat(shown.onPush("west", 2, 0b110)).isZero();
        assertThat(shown.isComplete()).isTrue();

        assertThat(shown.onPush("east", 5, 0)).as("not above").isZero();
        assertThat(shown.onPush("west", 3, THREE)).isZero();
        assertThat(shown.onPush("east", 6, 0)).isZero();
        assertThat(shown.onPush("west", 4, 0b101)).isEqualTo(0b010);
        assertThat(shown.isComplete()).isFalse();
    }

    @Test
    void aListOfTheFormerSessionIsNotThatOfTheNewOne() {
        ShownService shown = new ShownService(THREE);
        shown.onPush("east", 1, THREE);
        shown.onConnected();
        assertThat(shown.isComplete()).isFalse();

        shown.onPush("west", 1, 0);
        assertThat(shown.isComplete()).isTrue();
    }

    @Test
    void everyPublisherIsOfOneServiceAndEverySubscriptionKnowsItsOwn() {
        CrowdServices services = new CrowdServices("t", 7, 5, 3);
        assertThat(services.services()).isEqualTo(4);
        int all = 0;
        for (int service = 0; service < services.services(); service++) {
            all += Long.bitCount(services.publishersOf(service));
        }
        assertThat(all).isEqualTo(services.publishers());
        assertThat(services.registration(6, services.publishersEach() + 2, 0).getRegistId())
                .satisfies(id -> assertThat(services.subscription(id)).isEqualTo(20));
        assertThat(services.registration(6, 0, 0).getAppName())
                .isNotEqualTo(services.registration(5, 0, 0).getAppName());
    }

    @Test
    void clientsFollowTheirListsWhenTheirServerEndsAndThatIsOnRecord() {
        CrowdServices services = new CrowdServices("t", 6, 4, 2);
        AtomicReference<List<Endpoint>> list = new AtomicReference<>(List.of());
        BareServer east = BareServer.start(true);
        try (BareServer west = BareServer.start(true)) {
            list.set(List.of(endpoint(east)));
            try (MovingCrowd crowd = new MovingCrowd(
                            services, i -> Optional.ofNullable(list.get()), InstantSource.system(), new Random(1))
                    .start()) {
                Waiting.until(BOUND, "not complete", crowd::isComplete);
                assertThat(crowd.tally().moves()).isZero();
                assertThat(crowd.tally().lists()).isPositive();
                crowd.tally().forget();

                list.set(List.of(endpoint(west)));
                east.close();

                Waiting.until(
                        BOUND,
                        "not complete again",
                        () -> crowd.tally().moves() >= services.clients() && crowd.isComplete());
                assertThat(crowd.tally().untaken()).isPositive();
                assertThat(crowd.tally().unregistered())
                        .isGreaterThanOrEqualTo(crowd.tally().untaken());
            }
        }
    }

    @Test
    void theLastNumberCountsOnceAndOthersAreCountedApart() {
        SwitchTally tally = new SwitchTally(2);
        tally.expect(3);
        tally.onShown(0, 2, 10);
        tally.onShown(0, 3, 20);
        tally.onShown(0, 3, 30);
        assertThat(tally.isComplete()).isFalse();
        tally.onShown(1, 3, 25);

        assertThat(tally.isComplete()).isTrue();
        assertThat(tally.others()).isEqualTo(1);
        assertThat(tally.repeated()).isEqualTo(1);
        assertThat(tally.lastNanos()).isEqualTo(25);
        tally.expect(4);
        assertThat(tally.arrived() + tally.others() + tally.repeated()).isZero();
    }

    @Test
    void anAnswerHasTurnedWhenItNamesTheNewSideOnlyUnderItsEpoch() {
        String answer = """
                {"place":{"datacenter":"east"},"epoch":{"number":2,"issuer":"ISSUER"},
                 "endpoints":[{"datacenter":"west"},{"datacenter":"OTHER"}]}""";
        String named = answer.replace("OTHER", "west");
        assertThat(BenchAgents.isTurnedTo("west", named.replace("ISSUER", "west")))
                .isTrue();
        assertThat(BenchAgents.isTurnedTo("west", named.replace("ISSUER", "east")))
                .isFalse();
        assertThat(BenchAgents.isTurnedTo("west", answer.replace("ISSUER", "west")))
                .isFalse();
        assertThat(BenchAgents.isTurnedTo("west", "")).isFalse();
    }

    @Test
    void loadsOutOfBoundsAreRefusedByTheirOption() {
        assertThatThrownBy(() -> new FailoverLoad.Crowd(0, 1, 1)).hasMessageContaining("--clients");
        assertThatThrownBy(() -> new SwitchLoad(Path.of("x"), "1g", 0, 10, 1, 0))
                .hasMessageContaining("--connections");
    }

    private static Endpoint endpoint(BareServer server) {
        return new Endpoint("127.0.0.1", server.port());
    }
}
