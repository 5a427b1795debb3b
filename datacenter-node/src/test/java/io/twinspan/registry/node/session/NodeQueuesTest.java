package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeQueuesTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final Incarnation LIFE = new Incarnation(1_767_225_600_000L, 1);
    private static final NodeId ONE = new NodeId("data-1");
    private static final NodeId TWO = new NodeId("data-2");
    private static final SlotId SLOT = new SlotId(7);
    private static final String REFUSED = "another leads it";

    private final ManualEventLoop loop = new ManualEventLoop();
    private final SlotRouter router = new SlotRouter(ledBy(1, ONE));
    private final List<Call> calls = new ArrayList<>();
    private final NodeQueues<String, String, String> queues = new NodeQueues<>(
            loop,
            router,
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(1)),
            new NodeQueues.Batches(10, 100),
            new Recording());

    private record Call(Endpoint to, List<String> values, CompletableFuture<String> answer) {}

    private final class Recording implements NodeQueues.Carrier<String, String, String> {
        @Override
        public long bytes(NodeQueues.Item<String, String> item) {
            return item.value().length();
        }

        @Override
        public CompletionStage<String> send(Endpoint to, List<NodeQueues.Item<String, String>> batch) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            calls.add(new Call(to, batch.stream().map(NodeQueues.Item::value).toList(), answer));
            return answer;
        }

        @Override
        public List<NodeQueues.Item<String, String>> onAnswer(
                List<NodeQueues.Item<String, String>> batch, String answer) {
            return answer.equals(REFUSED) ? batch : List.of();
        }

        @Override
        public List<NodeQueues.Item<String, String>> onFailure(List<NodeQueues.Item<String, String>> batch) {
            return batch;
        }
    }

    @Test
    void aCallThatFailsAfterItsSlotHasGoneToAnIdleNodeIsMadeThere() {
        queues.post(new NodeQueues.Item<>("key", SLOT, "taken back"));
        loop.runDue();
        leads(TWO);
        calls.get(0).answer().completeExceptionally(new IllegalStateException("cut off"));
        loop.advance(Duration.ofSeconds(5));

        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).to()).isEqualTo(endpoint(TWO));
        assertThat(calls.get(1).values()).containsExactly("taken back");
    }

    @Test
    void whatANodeRefusesAfterItsSlotHasGoneToAnIdleNodeIsSentThere() {
        queues.post(new NodeQueues.Item<>("key", SLOT, "taken back"));
        loop.runDue();
        leads(TWO);
        calls.get(0).answer().complete(REFUSED);
        loop.advance(Duration.ofSeconds(5));
        assertThat(calls).hasSize(2);
        calls.get(1).answer().complete("done");
        loop.advance(Duration.ofSeconds(5));

        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).to()).isEqualTo(endpoint(TWO));
        assertThat(queues.isBusy(SLOT)).isFalse();
    }

    @Test
    void whatANodeRefusesThatStillLeadsIsNotSentAgainBeforeAPause() {
        queues.post(new NodeQueues.Item<>("key", SLOT, "taken back"));
        loop.runDue();
        calls.get(0).answer().complete(REFUSED);
        loop.runDue();
        assertThat(calls).hasSize(1);

        loop.advance(Duration.ofSeconds(1));
        assertThat(calls).hasSize(2);
    }

    @Test
    void aBatchTakesNoMoreThanItsBytesButOneItemAlwaysGoes() {
        post("in flight");
        post("x".repeat(60), "y".repeat(60), "z".repeat(200), "a", "b");
        for (int call = 0; call < 5 && call < calls.size(); call++) {
            calls.get(call).answer().complete("done");
            loop.runDue();
        }

        assertThat(calls)
                .extracting(call -> call.values().stream().map(String::length).toList())
                .containsExactly(List.of(9), List.of(60), List.of(60), List.of(200), List.of(1, 1));
    }

    @Test
    void aBatchThatFailedIsHalvedUntilItGoesAndGrowsBack() {
        post("first");
        post(IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new));
        calls.get(0).answer().complete("done");
        loop.runDue();
        for (int failed = 1; failed <= 4; failed++) {
            calls.get(failed).answer().completeExceptionally(new IllegalStateException("too much"));
            loop.advance(Duration.ofSeconds(5));
        }
        for (int answered = 5; answered < calls.size(); answered++) {
            calls.get(answered).answer().complete("done");
            loop.runDue();
        }

        assertThat(calls)
                .extracting(call -> call.values().size())
                .containsExactly(1, 10, 5, 2, 1, 1, 2, 4, 8, 10, 10, 5);
    }

    private void post(String... values) {
        for (String value : values) {
            queues.post(new NodeQueues.Item<>(value, SLOT, value));
        }
        loop.runDue();
    }

    private void leads(NodeId node) {
        router.onChange(ledBy(2, node));
        queues.reroute();
    }

    private static ClusterState ledBy(long number, NodeId leader) {
        NodeId follower = leader.equals(ONE) ? TWO : ONE;
        List<Slot> slots = IntStream.range(0, SlotId.COUNT)
                .mapToObj(slot -> new Slot(new SlotId(slot), new LeaderEpoch(number), List.of(leader, follower)))
                .toList();
        return new ClusterState(
                EAST,
                new SlotTable(new SlotTableEpoch(LIFE, number), slots),
                number,
                List.of(member(ONE), member(TWO)));
    }

    private static Member member(NodeId node) {
        return new Member(node, EAST, NodeRole.DATA, Map.of(NodePort.DATA_FOR_SESSION, endpoint(node)), 1);
    }

    private static Endpoint endpoint(NodeId node) {
        return new Endpoint(node.value(), 9620);
    }
}
