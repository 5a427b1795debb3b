package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.EAST;
import static io.twinspan.registry.node.session.SessionBench.PAY;
import static io.twinspan.registry.node.session.SessionBench.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.session.crowd.MovedClients;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session whose clients are ordered to another datacenter. */
final class DatacenterMoverTest {
    private static final List<Endpoint> THERE = List.of(new Endpoint("10.9.0.1", 9600));

    private final SessionBench bench = new SessionBench();
    private final List<FakeConnection> clients = new ArrayList<>();
    private long version;

    private void connect(int count) {
        for (int i = 1; i <= count; i++) {
            FakeConnection client = new FakeConnection(i);
            clients.add(client);
            bench.connect(client);
            bench.publish(client, "p" + i, 1, "a:" + i);
        }
    }

    private void order(String run, MoveStage stage, boolean isGranted) {
        MoveOrder order = new MoveOrder(
                ++version, run, new FederationEpoch(7, WEST), EAST, WEST, stage, bench.clock.physicalMillis());
        bench.role.onMove(new MoveView(version, order, isGranted, THERE));
        bench.run();
    }

    private long closed() {
        return clients.stream().filter(FakeConnection::isClosed).count();
    }

    private void fetchList(int client) {
        String address = clients.get(client).remoteAddress();
        bench.role.onToldElsewhere(address.substring(0, address.lastIndexOf(':')), "app");
    }

    private void gone(FakeConnection client) {
        bench.role.onDisconnected(client);
        bench.run();
    }

    @Test
    void nobodyGoesBeforeHeHasTheListOrMustHaveIt() {
        connect(4);
        order("f1", MoveStage.PREPARED, true);
        bench.advance(Duration.ofSeconds(60));
        assertThat(closed()).as("prepared only").isZero();
        assertThat(bench.role.serversElsewhere()).isEmpty();

        order("f1", MoveStage.COMMITTED, true);
        assertThat(bench.role.serversElsewhere()).isEqualTo(THERE);
        fetchList(2);
        bench.advance(Duration.ofSeconds(3));
        assertThat(clients).filteredOn(FakeConnection::isClosed).containsExactly(clients.get(2));
        bench.advance(Duration.ofSeconds(30));
        assertThat(closed()).isOne();
        bench.advance(Duration.ofSeconds(8));
        assertThat(closed()).isEqualTo(4);
    }

    @Test
    void whatTheySentAwayRegisteredStaysListedAsMovingAndTheSessionForgetsItWhenItIsOver() {
        connect(2);
        order("f1", MoveStage.COMMITTED, true);
        fetchList(0);
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.role.moveProgress().orElseThrow().connectionsLeft())
                .as("one is told to go and has not gone yet")
                .isEqualTo(2);
        gone(clients.get(0));
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.role.moveProgress())
                .as("whatever the leaders have counted yet")
                .hasValue(MoveProgress.ofSession("f1", 1, 1, 1));
        Publisher moving = bench.data().find(PAY, "p1").orElseThrow();
        assertThat(moving.isMoving()).isTrue();
        assertThat(bench.data().find(PAY, "p2").orElseThrow().isMoving()).isFalse();

        bench.advance(Duration.ofSeconds(60));
        assertThat(bench.data().find(PAY, "p1")).hasValue(moving);
        bench.data().change(PAY, new DatumChange.Remove(moving.id(), moving.owner()));
        bench.advance(Duration.ofSeconds(10));
        assertThat(bench.data().find(PAY, "p1"))
                .as("it does not put back what has gone over")
                .isEmpty();
        assertThat(bench.role.moveProgress())
                .as("the other one is told to go meanwhile")
                .hasValue(MoveProgress.ofSession("f1", 1, 2, 0));
    }

    @Test
    void anEntryThatIsNotSeenInTimeIsGivenUpByName() {
        connect(1);
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(37));
        gone(clients.get(0));
        bench.advance(Duration.ofSeconds(110));
        assertThat(bench.data().find(PAY, "p1")).isPresent();
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.data().find(PAY, "p1"))
                .as("this leader has no quarantine")
                .isEmpty();
    }

    @Test
    void whomAnAgentLedAwayDuringTheMoveStaysListedAsMovingAndWhoEndsByItselfDoesNot() {
        connect(1);
        for (int i = 2; i <= 3; i++) {
            FakeConnection forwarded = new FakeConnection(i).forwarded();
            bench.connect(forwarded);
            bench.publish(forwarded, "p" + i, 1, "a:" + i);
            clients.add(forwarded);
        }
        gone(clients.get(2));
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.data().find(PAY, "p3")).as("no move yet").isEmpty();

        order("f1", MoveStage.COMMITTED, true);
        gone(clients.get(0));
        gone(clients.get(1));
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.data().find(PAY, "p1")).isEmpty();
        assertThat(bench.data().find(PAY, "p2").orElseThrow().isMoving()).isTrue();
        assertThat(bench.role.moveProgress()).hasValue(MoveProgress.ofSession("f1", 0, 1, 1));
    }

    @Test
    void whomAnAgentForwardsAndDoesNotLeadAwayGoesWhenHeMustHaveTheList() {
        FakeConnection forwarded = new FakeConnection(1).forwarded();
        bench.connect(forwarded);
        bench.publish(forwarded, "p1", 1, "a:1");
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(33));
        assertThat(forwarded.isClosed()).isFalse();
        bench.advance(Duration.ofSeconds(4));
        assertThat(forwarded.isClosed()).isTrue();
        gone(forwarded);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.data().find(PAY, "p1").orElseThrow().isMoving()).isTrue();
    }

    @Test
    void withoutTheGrantNobodyGoes() {
        connect(100);
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(38));
        long before = closed();
        assertThat(before).isBetween(5L, 20L);
        order("f1", MoveStage.COMMITTED, false);
        bench.advance(Duration.ofMinutes(1));
        assertThat(closed()).isEqualTo(before);
        assertThat(bench.role.serversElsewhere()).isEmpty();
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(33));
        assertThat(closed()).as("meanwhile lists have named the east").isEqualTo(before);
        bench.advance(Duration.ofSeconds(22));
        assertThat(closed()).isEqualTo(100);
    }

    /** Three clients of 600 registrations, of which two have been sent. */
    private void sendTwoOfThree() {
        for (int i = 1; i <= 3; i++) {
            FakeConnection client = new FakeConnection(i);
            clients.add(client);
            bench.connect(client);
            for (int k = 0; k < 600; k++) {
                bench.publish(client, "p" + i + "-" + k, 1, "a:" + i);
            }
        }
        order("f1", MoveStage.COMMITTED, true);
        for (int i = 0; i < 3; i++) {
            fetchList(i);
        }
        for (int i = 0; i < 2; i++) {
            bench.advance(Duration.ofSeconds(1));
            assertThat(closed()).isEqualTo(i + 1);
            clients.stream().filter(FakeConnection::isClosed).forEach(this::gone);
        }
    }

    @Test
    void nobodyFollowsWhileMoreIsOnTheWayThanASessionTakesAtOnce() {
        sendTwoOfThree();
        bench.advance(Duration.ofSeconds(5));
        assertThat(closed()).isEqualTo(2);

        int sent = clients.get(0).isClosed() ? 1 : 2;
        for (int k = 0; k < 300; k++) {
            Publisher over = bench.data().find(PAY, "p" + sent + "-" + k).orElseThrow();
            bench.data().change(PAY, new DatumChange.Remove(over.id(), over.owner()));
        }
        bench.advance(Duration.ofSeconds(2));
        assertThat(closed()).isEqualTo(3);
    }

    @Test
    void whoDoesNotComeOverInTenSecondsIsNotWaitedFor() {
        sendTwoOfThree();
        bench.advance(Duration.ofSeconds(9));
        assertThat(closed()).isEqualTo(2);
        bench.advance(Duration.ofSeconds(3));
        assertThat(closed()).isEqualTo(3);
    }

    @Test
    void noneIsClosedTwiceForOneRun() {
        connect(1);
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(37));
        gone(clients.get(0));
        FakeConnection again = new FakeConnection(11);
        bench.connect(again);
        bench.publish(again, "p1", 1, "a:1");
        assertThat(bench.data().find(PAY, "p1").orElseThrow().isMoving())
                .as("it is back")
                .isFalse();
        bench.advance(Duration.ofMinutes(5));
        assertThat(again.isClosed()).isFalse();
        assertThat(bench.role.moveProgress().orElseThrow().connectionsLeft()).isOne();
        order("f1", MoveStage.ENDED, false);
        order("f2", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(37));
        assertThat(again.isClosed()).as("another run").isTrue();
    }

    @Test
    void aListThatAnotherSessionGaveCountsToo() {
        connect(3);
        order("f1", MoveStage.COMMITTED, true);
        bench.neighbour(new SessionLoad(5, 0, false, 0, List.of(), 1, List.of(MovedClients.mark("f1 10.0.0.2 app"))));
        bench.advance(Duration.ofSeconds(4));
        assertThat(clients).filteredOn(FakeConnection::isClosed).containsExactly(clients.get(1));
    }

    @Test
    void whoWasClosedByAnotherSessionForThisRunStays() {
        connect(2);
        bench.neighbour(new SessionLoad(
                5,
                0,
                false,
                1,
                List.of(MovedClients.mark("f1 sofa:p1"), MovedClients.mark("f0 sofa:p2")),
                0,
                List.of()));
        order("f1", MoveStage.COMMITTED, true);
        bench.advance(Duration.ofSeconds(40));
        assertThat(clients).filteredOn(FakeConnection::isClosed).containsExactly(clients.get(1));
    }

    @Test
    void clientsThatAreOfTheTargetStay() {
        connect(3);
        MoveOrder here = new MoveOrder(9, "f1", new FederationEpoch(7, EAST), WEST, EAST, MoveStage.COMMITTED, 0);
        bench.role.onMove(new MoveView(9, here, true, THERE));
        bench.advance(Duration.ofMinutes(2));
        assertThat(closed()).isZero();
        assertThat(bench.role.serversElsewhere()).isEmpty();
        assertThat(bench.role.moveProgress().orElseThrow().connectionsLeft()).isZero();
    }

    @Test
    void whileClientsMoveEverybodyIsShownBothAndAWhileLonger() {
        FakeConnection one = new FakeConnection(1);
        bench.connect(one);
        bench.publish(one, "p1", 1, "a:1");
        bench.data().installForeign(west("w:1"));
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.advance(Duration.ofSeconds(6));
        assertThat(one.shown("s")).containsExactly("a:1");
        order("f1", MoveStage.PREPARED, false);
        bench.advance(Duration.ofSeconds(2));
        assertThat(one.shown("s")).containsExactly("a:1", "w:1");
        order("f1", MoveStage.ENDED, false);
        bench.advance(Duration.ofMinutes(9));
        assertThat(one.shown("s")).containsExactly("a:1", "w:1");
        bench.advance(Duration.ofMinutes(2));
        assertThat(one.shown("s")).containsExactly("a:1");
    }

    private Datum west(String address) {
        Owner owner = new Owner(new SessionIncarnation(new NodeId("w"), 1), 1);
        return Datum.of(
                WEST,
                PAY,
                new DatumVersion(bench.clock.next().value()),
                List.of(new Publisher(
                        RegistrationId.ofSofa("w1"),
                        new RegistrationOrder(1, bench.clock.next()),
                        owner,
                        "DEFAULT_ZONE",
                        "app",
                        "10.9.0.5:1",
                        List.of(address))),
                List.of());
    }
}
