package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.runtime.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class ManyClientsTest {
    private static final Duration KEEP = Duration.ofSeconds(30);
    private static final SessionLoad EMPTY_NEIGHBOUR = new SessionLoad(5, 0, false, 0, List.of());

    private final SessionBench bench = new SessionBench();
    private final List<FakeConnection> clients = new ArrayList<>();

    @Test
    void aSingleClientThatStopsIsGoneAtOnce() {
        connect(10);
        close(clients.get(0));

        assertThat(bench.data().find(PAY, "p1")).isEmpty();
        assertThat(listed()).isEqualTo(9);
    }

    @Test
    void aCrowdStaysListedForThirtySeconds() {
        connect(10);
        clients.forEach(this::close);

        assertThat(listed()).as("three of ten are not more than 30 %").isEqualTo(7);
        bench.advance(KEEP.minusSeconds(1));
        assertThat(listed()).isEqualTo(7);
        bench.advance(Duration.ofSeconds(2));
        assertThat(listed()).isZero();
    }

    @Test
    void theLeaderIsToldThatAKeptOneMayBeTakenBackElsewhere() {
        connect(10);
        clients.forEach(this::close);
        bench.run();

        assertThat(bench.data().received.stream()
                        .filter(ApplyChanges.class::isInstance)
                        .flatMap(each -> ((ApplyChanges) each).changes().stream())
                        .filter(each -> each.change() instanceof DatumChange.Remove remove
                                && remove.cause() == RemovalCause.MOVING))
                .hasSize(7);
    }

    @Test
    void whoComesBackMeanwhileWasNeverMissing() {
        connect(10);
        clients.forEach(this::close);
        FakeConnection back = new FakeConnection(99);
        bench.connect(back);
        bench.publish(back, "p10", 1, "a:10");
        bench.advance(KEEP.plusSeconds(1));

        assertThat(bench.data().find(PAY, "p10").orElseThrow().owner().connection())
                .isEqualTo(99);
        assertThat(listed()).isEqualTo(1);
    }

    @Test
    void whoComesBackElsewhereIsNotTakenAway() {
        connect(10);
        clients.forEach(this::close);
        SessionIncarnation elsewhere = new SessionIncarnation(new NodeId("session-2"), 5);
        Publisher moved = new Publisher(
                new RegistrationId("sofa:p10"),
                new RegistrationOrder(1, bench.clock.next()),
                new Owner(elsewhere, 1),
                "Z",
                "app",
                "10.0.0.9:1",
                List.of("a:10"));
        assertThat(bench.data().change(PAY, new DatumChange.Register(moved))).isEqualTo(ChangeOutcome.APPLIED);
        bench.advance(KEEP.plusSeconds(1));

        assertThat(bench.data().find(PAY, "p10").orElseThrow().owner().session())
                .isEqualTo(elsewhere);
    }

    @Test
    void aClientOfACrowdThatComesBackOnlyToUnregisterIsHonoured() {
        connect(10);
        clients.forEach(this::close);
        FakeConnection back = new FakeConnection(99);
        bench.connect(back);

        assertThat(bench.unpublish(back, "p10", 2)).isEqualTo(RegistrationAnswer.ACCEPTED);
        assertThat(bench.data().find(PAY, "p10")).isEmpty();
    }

    @Test
    void whoUnregistersIsNeverDelayed() {
        connect(10);
        clients.subList(0, 5).forEach(this::close);
        bench.unpublish(clients.get(5), "p6", 2);

        assertThat(bench.data().find(PAY, "p6")).isEmpty();
    }

    @Test
    void aSessionThatDrainsSendsItsClientsAwayInWavesAndKeepsThemListed() {
        connect(40);
        bench.neighbour(new SessionLoad(5, 40, false, 0, List.of()));
        bench.advance(Duration.ofSeconds(2));
        bench.role.setDraining(true);
        bench.run();
        assertThat(bench.role.draining()).containsExactly(bench.self.node());
        bench.advance(Duration.ofSeconds(34));
        assertThat(closed())
                .as("clients fetch a list without this session first")
                .isZero();
        bench.advance(Duration.ofMillis(1_500));

        assertThat(closed()).isBetween(2L, 4L);
        bench.advance(Duration.ofSeconds(25));
        assertThat(closed()).isEqualTo(40);
        clients.forEach(this::close);
        assertThat(listed()).isEqualTo(40);
        bench.advance(KEEP.plusSeconds(1));
        assertThat(listed()).isZero();
    }

    @Test
    void aClientThatComesBackToADrainingSessionStays() {
        connect(3);
        bench.neighbour(EMPTY_NEIGHBOUR);
        bench.role.setDraining(true);
        bench.advance(Duration.ofSeconds(45));
        clients.forEach(this::close);
        FakeConnection back = new FakeConnection(99);
        bench.connect(back);
        bench.publish(back, "p1", 1, "a:1");
        bench.advance(Duration.ofMinutes(1));

        assertThat(closed()).isEqualTo(3);
        assertThat(back.isClosed()).isFalse();
    }

    @Test
    void aClientThatAnotherSessionSentHereStays() {
        connect(1);
        bench.neighbour(EMPTY_NEIGHBOUR);
        bench.role.setDraining(true);
        bench.advance(Duration.ofSeconds(40));
        List<Long> marks = load(new FetchSessionLoad(0, 0, 0)).moved();
        SessionBench other = new SessionBench();
        List<FakeConnection> there = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            there.add(new FakeConnection(i));
            other.connect(there.get(i - 1));
            other.publish(there.get(i - 1), "p" + i, 1, "a:" + i);
        }
        other.neighbour(new SessionLoad(5, 0, false, 1, marks));
        other.advance(Duration.ofSeconds(45));

        assertThat(marks).hasSize(1);
        assertThat(clients.get(0).isClosed()).isTrue();
        assertThat(there.get(0).isClosed()).as("the oldest, but moved before").isFalse();
        assertThat(there.get(1).isClosed()).isTrue();
    }

    @Test
    void withoutAnotherSessionNobodyIsSentAway() {
        connect(3);
        bench.role.setDraining(true);
        bench.advance(Duration.ofMinutes(1));
        assertThat(closed()).isZero();

        bench.neighbour(new SessionLoad(5, 0, true, 0, List.of()));
        bench.advance(Duration.ofMinutes(1));
        assertThat(closed()).as("the other one drains, too").isZero();
    }

    @Test
    void aSessionWithMoreThanItsShareSendsOldClientsAway() {
        connect(100);
        bench.advance(Duration.ofSeconds(10));
        bench.neighbour(EMPTY_NEIGHBOUR);
        bench.advance(Duration.ofSeconds(34));
        assertThat(closed())
                .as("clients fetch a list with the new session first")
                .isZero();
        bench.advance(Duration.ofSeconds(4));

        assertThat(closed()).isBetween(5L, 15L);
        assertThat(clients.get(0).isClosed()).isTrue();
        assertThat(clients.get(99).isClosed()).isFalse();
        assertThat(bench.role.metrics()).containsEntry("twinspan.session.clients.moved", closed());
    }

    @Test
    void aNodeThatStopsSendsItsClientsAwayAndTakesNothingBack() {
        connect(20);
        bench.neighbour(EMPTY_NEIGHBOUR);
        bench.advance(Duration.ofSeconds(2));
        CompletionStage<Void> gone = bench.role.leave();
        bench.advance(Duration.ofMillis(100));
        assertThat(closed()).isEqualTo(2);
        bench.advance(Duration.ofSeconds(3));
        clients.forEach(this::close);

        assertThat(gone.toCompletableFuture()).isCompleted();
        assertThat(closed()).isEqualTo(20);
        assertThat(listed()).isEqualTo(20);
    }

    private void connect(int count) {
        for (int i = 1; i <= count; i++) {
            FakeConnection client = new FakeConnection(i);
            clients.add(client);
            bench.connect(client);
            bench.publish(client, "p" + i, 1, "a:" + i);
        }
        bench.advance(Duration.ofSeconds(1));
    }

    private void close(FakeConnection client) {
        bench.role.onDisconnected(client);
        bench.run();
    }

    private long closed() {
        return clients.stream().filter(FakeConnection::isClosed).count();
    }

    private int listed() {
        return bench.data().datum(PAY).publishers().size();
    }

    private SessionLoad load(FetchSessionLoad question) {
        CompletionStage<SessionLoad> answer = bench.role
                .dispatcher()
                .dispatch(question, new Caller(SessionBench.EAST, new NodeId("session-2"), NodeRole.SESSION));
        bench.run();
        return answer.toCompletableFuture().getNow(EMPTY_NEIGHBOUR);
    }
}
