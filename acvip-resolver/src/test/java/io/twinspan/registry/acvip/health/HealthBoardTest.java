package io.twinspan.registry.acvip.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HealthBoardTest {
    private static final Endpoint ADDRESS = new Endpoint("10.0.0.1", 80);
    private static final HealthCheck CHECK =
            new HealthCheck(HealthCheck.Kind.TCP, "/", 2, 3, Duration.ofSeconds(5), Duration.ofSeconds(1));

    private final ManualEventLoop loop = new ManualEventLoop();
    private final Network network = new Network();
    private final List<String> changes = new ArrayList<>();
    private final HealthBoard board = new HealthBoard(loop, network, new HealthSettings(false, 4, 100), changes::add);

    @Test
    void anEndpointFallsAfterThreeFailuresInARowAndRisesAfterTwoPasses() {
        Vip vip = vip(1, CHECK);
        board.watch(List.of(vip));
        loop.runDue();
        assertThat(board.find(vip, ADDRESS).isHealthy()).isTrue();

        network.sick.add(ADDRESS);
        loop.advance(Duration.ofSeconds(10));
        assertThat(board.find(vip, ADDRESS).isHealthy()).as("two failures").isTrue();
        loop.advance(Duration.ofSeconds(5));
        assertThat(board.find(vip, ADDRESS).isHealthy()).as("three failures").isFalse();
        assertThat(board.find(vip, ADDRESS).word()).isEqualTo("refused");

        network.sick.clear();
        loop.advance(Duration.ofSeconds(5));
        assertThat(board.find(vip, ADDRESS).isHealthy()).as("one pass").isFalse();
        network.sick.add(ADDRESS);
        loop.advance(Duration.ofSeconds(5));
        network.sick.clear();
        loop.advance(Duration.ofSeconds(5));
        assertThat(board.find(vip, ADDRESS).isHealthy())
                .as("passes not in a row")
                .isFalse();
        loop.advance(Duration.ofSeconds(5));
        assertThat(board.find(vip, ADDRESS).isHealthy()).isTrue();
        assertThat(changes).containsExactly("orders", "orders");
    }

    @Test
    void nobodyIsLookedAtWhoIsNotListedOrNotChecked() {
        Vip vip = vip(2, CHECK);
        board.watch(List.of(vip, new Vip("free", List.of(endpoint(9)), null, HealthCheck.NONE, 0)));
        loop.advance(Duration.ofSeconds(20));
        assertThat(network.asked).containsExactlyInAnyOrder(new Endpoint("10.0.0.1", 80), new Endpoint("10.0.0.2", 80));

        board.watch(List.of(vip(1, CHECK)));
        network.asked.clear();
        loop.advance(Duration.ofSeconds(20));
        assertThat(network.asked).containsExactly(ADDRESS);

        board.watch(List.of());
        network.asked.clear();
        loop.advance(Duration.ofMinutes(1));
        assertThat(network.asked).isEmpty();
    }

    @Test
    void anotherCheckBeginsAnewAndTheSameOneGoesOn() {
        Vip vip = vip(1, CHECK);
        network.sick.add(ADDRESS);
        board.watch(List.of(vip));
        loop.advance(Duration.ofSeconds(10));
        assertThat(board.find(vip, ADDRESS).isHealthy()).isFalse();

        board.watch(List.of(new Vip("orders", vip.endpoints(), null, CHECK, 50)));
        assertThat(board.find(vip, ADDRESS).isHealthy()).isFalse();

        HealthCheck slower =
                new HealthCheck(HealthCheck.Kind.TCP, "/", 2, 3, Duration.ofSeconds(6), Duration.ofSeconds(1));
        board.watch(List.of(vip(1, slower)));
        assertThat(board.find(vip(1, slower), ADDRESS).isHealthy()).isTrue();
    }

    @Test
    void moreThanTheBoundAreNeverLookedAtAtOnceAndEverybodyHasHisTurn() {
        network.isSlow = true;
        board.watch(List.of(vip(20, CHECK)));
        loop.runDue();
        assertThat(network.waiting).hasSize(4);

        while (!network.waiting.isEmpty()) {
            network.waiting.remove(0).complete(ProbeResult.passed("fine"));
            loop.runDue();
            assertThat(network.waiting).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(network.asked).hasSize(20);
    }

    @Test
    void endpointsBeyondTheBoundCountAsHealthyAndSayWhy() {
        HealthBoard small = new HealthBoard(loop, network, new HealthSettings(false, 4, 1), changes::add);
        Vip vip = vip(2, CHECK);
        small.watch(List.of(vip));

        assertThat(small.count()).isEqualTo(1);
        assertThat(small.find(vip, new Endpoint("10.0.0.2", 80)).word()).contains("too many");
    }

    private static VipEndpoint endpoint(int number) {
        return new VipEndpoint(new Endpoint("10.0.0." + number, 80), new DatacenterId("east"), "", 100);
    }

    private static Vip vip(int endpoints, HealthCheck check) {
        return new Vip(
                "orders",
                IntStream.rangeClosed(1, endpoints)
                        .mapToObj(HealthBoardTest::endpoint)
                        .toList(),
                null,
                check,
                0);
    }

    private static final class Network implements Probe {
        private final Set<Endpoint> sick = new HashSet<>();
        private final Set<Endpoint> asked = new HashSet<>();
        private final List<CompletableFuture<ProbeResult>> waiting = new ArrayList<>();
        private boolean isSlow;

        @Override
        public CompletionStage<ProbeResult> look(Endpoint at, HealthCheck check) {
            asked.add(at);
            CompletableFuture<ProbeResult> result = new CompletableFuture<>();
            if (isSlow) {
                waiting.add(result);
            } else {
                result.complete(sick.contains(at) ? ProbeResult.failed("refused") : ProbeResult.passed("fine"));
            }
            return result;
        }
    }
}
