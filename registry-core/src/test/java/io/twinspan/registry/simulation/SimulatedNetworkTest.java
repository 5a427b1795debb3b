package io.twinspan.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
    private static final Endpoint SERVER = new Endpoint("server", 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ManualClock time = new ManualClock();
    private final SimulatedNetwork network = new SimulatedNetwork(time, new Seed(1).random("network"));
    private final SimulatedProcess client = new SimulatedProcess("client", time, Duration.ZERO);
    private final SimulatedProcess server = new SimulatedProcess("server", time, Duration.ofMillis(300));
    private final List<Long> arrived = new ArrayList<>();

    @BeforeEach
    void serve() {
        network.serve(server, SERVER, new RequestDispatcher().on(FetchProvided.class, (request, caller) -> {
                    arrived.add(request.sinceRevision());
                    return CompletableFuture.completedFuture(new ProvidedChanges(request.sinceRevision(), List.of()));
                }));
    }

    @Test
    void requestsArriveInOrderAndCarryTheClock() {
        List<CompletableFuture<ProvidedChanges>> answers =
                LongStream.range(0, 50).mapToObj(this::call).toList();
        time.advance(TIMEOUT);

        assertThat(arrived).isSorted().hasSize(50);
        assertThat(answers).allMatch(answer -> !answer.isCompletedExceptionally());
        assertThat(client.clock().latest().millis()).isGreaterThanOrEqualTo(time.millis() - 1000 + 300);
    }

    @Test
    void reorderingAndDuplicationAreSeenWhenAskedFor() {
        network.weather(new SimulatedNetwork.Weather(Duration.ofMillis(1), Duration.ofMillis(50), 0, 0.5, 0.5));
        LongStream.range(0, 50).forEach(this::call);
        time.advance(TIMEOUT);

        assertThat(arrived).hasSizeGreaterThan(50);
        assertThat(arrived.stream().sorted().toList()).isNotEqualTo(arrived);
    }

    @Test
    void aCutOfOneWayLosesOnlyWhatGoesThatWay() {
        network.cut("server", "client");
        CompletableFuture<ProvidedChanges> answer = call(1);
        time.advance(TIMEOUT);
        assertThat(arrived).containsExactly(1L);
        assertThat(answer).isCompletedExceptionally();

        network.heal();
        assertThat(call(2)).isNotCompleted();
        time.advance(TIMEOUT);
        assertThat(arrived).containsExactly(1L, 2L);
    }

    @Test
    void aPausedProcessAnswersWhenItGoesOnAndAKilledOneNever() {
        server.pause();
        call(1);
        time.advance(Duration.ofMillis(500));
        assertThat(arrived).isEmpty();
        server.resume();
        assertThat(arrived).containsExactly(1L);

        server.kill();
        CompletableFuture<ProvidedChanges> refused = call(2);
        time.advance(Duration.ofMillis(10));
        assertThat(refused).isCompletedExceptionally();
        assertThat(arrived).containsExactly(1L);
    }

    @Test
    void aTimerOfAPausedProcessRunsOnceWhenItGoesOnUnlessItIsCancelled() {
        List<String> ran = new ArrayList<>();
        client.loop().scheduleEvery(Duration.ofSeconds(1), () -> ran.add("tick"));
        var cancelled = client.loop().schedule(Duration.ofSeconds(1), () -> ran.add("never"));
        client.pause();
        time.advance(Duration.ofSeconds(5));
        cancelled.cancel();
        client.resume();

        assertThat(ran).containsExactly("tick");
    }

    private CompletableFuture<ProvidedChanges> call(long revision) {
        Caller self = new Caller(new DatacenterId("east"), new NodeId("client"), NodeRole.SESSION);
        return network.as(client, self)
                .call(SERVER, new FetchProvided(revision), TIMEOUT)
                .toCompletableFuture();
    }
}
