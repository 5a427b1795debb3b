package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A data node's wall clock is set wrong: while its slots are with the other one, and when there is no other one. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class WrongClockTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId SERVICE = DataInfoId.of("watched");
    private static final Duration TOO_FAR = Duration.ofMillis(1500);

    private SlotTable newest = SlotTable.EMPTY;

    /** Worlds of one datacenter with two data nodes, where each is told apart from the only meta. */
    static LongStream seeds() {
        return seeds(2);
    }

    /** The same with one. */
    static LongStream seedsOfOne() {
        return seeds(1);
    }

    private static LongStream seeds(int dataNodes) {
        return LongStream.rangeClosed(1, 400)
                .filter(seed -> hasDataNodes(new SimulatedWorld(new Seed(seed), Tampering.NONE), dataNodes))
                .limit(6);
    }

    private static boolean hasDataNodes(SimulatedWorld world, int count) {
        return world.datacenters().size() == 1
                && world.climate() != Climate.GROWING
                && data(world).size() == count
                && data(world).stream().noneMatch(each -> each.has(NodeRole.META));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void slotsStayWhereTheyAreUntilTheClockIsRight(long number) {
        SimulatedWorld world = new SimulatedWorld(new Seed(number), Tampering.NONE);
        world.network().tap(new SimulatedNetwork.Tap() {
            @Override
            public <R> void onAnswered(Endpoint by, Caller to, Request<R> request, R answer) {
                if (answer instanceof ClusterState state
                        && state.table().epoch().isAfter(newest.epoch())) {
                    newest = state.table();
                }
            }
        });
        LiteralClient client = world.client(EAST);
        client.publish(SERVICE);
        client.subscribe(SERVICE, Scope.DATACENTER);
        world.pass(Duration.ofSeconds(30));
        SimulatedNode wrong = data(world).get(1);
        NodeId name = new NodeId(wrong.name());
        assertThat(newest.ledBy(name)).isNotEmpty();

        wrong.process().pause();
        world.pass(Duration.ofSeconds(8));
        wrong.jump(TOO_FAR);
        wrong.process().resume();
        world.pass(Duration.ofSeconds(10));
        SlotTable before = newest;
        world.pass(Duration.ofSeconds(30));

        assertThat(newest.epoch()).isEqualTo(before.epoch());
        assertThat(newest.ledBy(name)).isEmpty();
        assertThat(newest.followedBy(name)).isNotEmpty();
        world.checks().look(new EverybodySeesAll(true));
        wrong.jump(TOO_FAR.negated());
        world.pass(Duration.ofSeconds(20));
        assertThat(newest.ledBy(name)).isNotEmpty();
        assertThat(world.checks().found()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seedsOfOne")
    void theOnlyOneLeadsWithAWrongClock(long number) {
        SimulatedWorld world = new SimulatedWorld(new Seed(number), Tampering.NONE);
        LiteralClient client = world.client(EAST);
        client.publish(SERVICE);
        client.subscribe(SERVICE, Scope.DATACENTER);
        world.pass(Duration.ofSeconds(30));
        SimulatedNode only = data(world).get(0);

        only.crash();
        world.pass(Duration.ofSeconds(1));
        only.start();
        // As when the clock is set for the first time only after the process has been started.
        only.jump(TOO_FAR);
        world.pass(Duration.ofSeconds(40));

        client.publish(DataInfoId.of("new"));
        client.subscribe(DataInfoId.of("new"), Scope.DATACENTER);
        world.pass(Duration.ofSeconds(10));
        world.checks().look(new EverybodySeesAll(true));
        assertThat(world.checks().found()).isEmpty();
    }

    private static List<SimulatedNode> data(SimulatedWorld world) {
        return world.nodes(EAST).stream()
                .filter(each -> each.has(NodeRole.DATA))
                .toList();
    }
}
