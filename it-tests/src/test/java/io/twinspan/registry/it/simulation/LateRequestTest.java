package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session is stopped and goes on later, while one of its clients has gone elsewhere: it reads old requests as if they were new. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class LateRequestTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId SERVICE = DataInfoId.of("moved");

    private final Duration closedLate = Duration.ofSeconds(10);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLivePublisherOutlivesTheOldConnectionThatWasReadLate(long number) {
        SimulatedWorld world = settled(number);
        LiteralClient client = world.client(EAST);
        Publication moved = client.publish(SERVICE);
        world.pass(Duration.ofSeconds(2));

        SimulatedNode stalled = client.session().orElseThrow();
        stalled.process().pause();
        client.republish(moved);
        world.pass(Duration.ofMillis(200));
        client.reconnect(closedLate, Duration.ofMillis(300));
        world.pass(Duration.ofSeconds(5));
        stalled.process().resume();
        world.pass(Duration.ofSeconds(20));

        world.checks().look(new EverybodySeesAll(true));
        assertThat(world.checks().found()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasTakenBackMeanwhileIsGoneWhenTheOldConnectionIs(long number) {
        SimulatedWorld world = settled(number);
        LiteralClient client = world.client(EAST);
        Publication moved = client.publish(SERVICE);
        world.pass(Duration.ofSeconds(2));

        SimulatedNode stalled = client.session().orElseThrow();
        stalled.process().pause();
        client.reconnect(closedLate, Duration.ofMillis(300));
        client.unregister(moved);
        world.pass(Duration.ofSeconds(5));
        stalled.process().resume();
        world.pass(Duration.ofSeconds(20));

        assertThat(moved.isAcknowledged()).isTrue();
        world.checks().look(new EverybodySeesAll(true));
        assertThat(world.checks().found()).isEmpty();
    }

    private static SimulatedWorld settled(long number) {
        SimulatedWorld world = new SimulatedWorld(new Seed(number), Tampering.NONE);
        LiteralClient watcher = world.client(EAST);
        watcher.publish(SERVICE);
        watcher.subscribe(SERVICE, Scope.DATACENTER);
        world.pass(Duration.ofSeconds(30));
        return world;
    }
}
