package io.twinspan.registry.node.session.push;

import static io.twinspan.registry.node.session.push.PushBench.datum;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients see when push is closed and opened while they are connected. */
final class ClosedPushTest {
    private final PushBench bench = new PushBench(new ManualClock(), "east", Duration.ZERO, 7);
    private final FakeConnection one = new FakeConnection(1);

    @Test
    void whileClosedNothingIsPushedAndOpeningGivesTheLastVersionOnce() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        int before = one.pushes().size();

        close(PushPosition.CLOSED, PushScope.all());
        bench.confirmed(datum(bench.own, next(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(bench.own, next(), "Z1/c"));
        bench.advance(Duration.ofMinutes(1));
        assertThat(one.pushes()).hasSize(before);
        assertThat(bench.pusher.backlog(5)).isEqualTo(new PushBacklog(5, 1, 1, 1));

        open();
        assertThat(one.pushes()).hasSize(before + 1);
        assertThat(one.shown("s")).containsExactly("c");
        bench.advance(Duration.ofMinutes(1));
        assertThat(one.pushes()).as("and nothing more").hasSize(before + 1);
        assertThat(bench.pusher.backlog(6)).isEqualTo(new PushBacklog(6, 0, 0, 0));
    }

    @Test
    void openingPushesNothingToWhomNothingHasChanged() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        int before = one.pushes().size();

        close(PushPosition.CLOSED, PushScope.all());
        open();

        assertThat(one.pushes()).hasSize(before);
    }

    @Test
    void aClientThatStartsWhileClosedGetsOneListAsOfBeforeAndTheNewestAtOpening() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        close(PushPosition.CLOSED, PushScope.all());
        bench.confirmed(datum(bench.own, next(), "Z1/b"));

        FakeConnection late = new FakeConnection(2);
        bench.subscribe(late, "t", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/c"));

        assertThat(late.shown("t")).containsExactly("a");
        assertThat(late.pushes()).hasSize(1);

        open();
        assertThat(late.shown("t")).containsExactly("c");
        assertThat(late.pushes()).hasSize(2);
    }

    @Test
    void aClientThatStartsGetsTheListAsOfTheClosingThatIsAboutItNotOfAnEarlierOneForOthers() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        PushToken some = new PushToken(
                "operator", "", PushPosition.CLOSED, new PushScope("*", "*", Set.of("10.0.0.9"), Set.of()), 1, 0);
        bench.pusher.onSwitch(new PushSwitch(1, List.of(some)));
        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        assertThat(one.shown("s")).containsExactly("b");

        PushToken whole = new PushToken("operator", "", PushPosition.CLOSED, PushScope.all(), 2, 0);
        bench.pusher.onSwitch(new PushSwitch(2, List.of(some, whole)));
        bench.confirmed(datum(bench.own, next(), "Z1/c"));
        PushToken renewed = new PushToken("operator", "again", PushPosition.CLOSED, PushScope.all(), 2, 0);
        bench.pusher.onSwitch(new PushSwitch(3, List.of(some, renewed)));
        FakeConnection late = new FakeConnection(2);
        bench.subscribe(late, "t", Scope.DATACENTER);
        bench.advance(Duration.ofMillis(1));

        assertThat(late.shown("t")).containsExactly("b");
        open();
        assertThat(late.shown("t")).containsExactly("c");
    }

    @Test
    void aServiceThatNobodyHadBeforeIsGivenAsItIsFirstHeardOf() {
        close(PushPosition.CLOSED, PushScope.all());
        bench.subscribe(one, "s", Scope.DATACENTER);
        assertThat(one.pushes()).isEmpty();

        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        bench.confirmed(datum(bench.own, next(), "Z1/b"));

        assertThat(one.shown("s")).containsExactly("a");
        assertThat(one.pushes()).hasSize(1);
    }

    @Test
    void aClientThatMovesHereWhileClosedKeepsTheNewerListItHas() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/old"));
        close(PushPosition.CLOSED, PushScope.all());
        PushBench elsewhere = new PushBench(bench.time, "east", Duration.ZERO, 8);
        SimulatedClient client = new SimulatedClient();
        FakeConnection there = new FakeConnection(3, client);
        elsewhere.subscribe(there, "t", Scope.DATACENTER);
        elsewhere.confirmed(datum(bench.own, next(), "Z1/new"));
        assertThat(there.shown("t")).containsExactly("new");

        bench.advance(Duration.ofMillis(1));
        FakeConnection here = new FakeConnection(4, client);
        bench.subscribe(here, "t", Scope.DATACENTER);

        assertThat(here.pushes()).hasSize(1);
        assertThat(here.shown("t")).containsExactly("new");
    }

    @Test
    void aPushThatFailedBeforeClosingIsNotTriedAgainUntilOpening() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        one.failNext(1);
        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        int before = one.pushes().size();

        close(PushPosition.CLOSED, PushScope.all());
        bench.advance(Duration.ofMinutes(1));
        assertThat(one.pushes()).hasSize(before);

        open();
        assertThat(one.shown("s")).containsExactly("b");
    }

    @Test
    void aFirstListThatFailedIsTriedAgainWhileClosed() {
        close(PushPosition.CLOSED, PushScope.all());
        bench.subscribe(one, "s", Scope.DATACENTER);
        one.failNext(1);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        assertThat(one.shown("s")).isEmpty();

        bench.advance(Duration.ofSeconds(1));

        assertThat(one.shown("s")).containsExactly("a");
    }

    @Test
    void holdShrinkLetsAdditionsOutAndRemovalsWait() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a", "Z1/b"));
        close(PushPosition.HOLD_SHRINK, PushScope.all());

        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "b");
        bench.confirmed(datum(bench.own, next(), "Z1/b", "Z1/c"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "b", "c");
        FakeConnection late = new FakeConnection(2);
        bench.subscribe(late, "t", Scope.DATACENTER);
        assertThat(late.shown("t")).containsExactlyInAnyOrder("a", "b", "c");

        open();
        assertThat(one.shown("s")).containsExactlyInAnyOrder("b", "c");
        assertThat(late.shown("t")).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void underHoldShrinkWhoeverComesBackCostsNoPushAtOpening() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a", "Z1/b"));
        close(PushPosition.HOLD_SHRINK, PushScope.all());
        bench.confirmed(Datum.empty(bench.own, PushBench.SERVICE).withVersion(new DatumVersion(next())));
        bench.confirmed(datum(bench.own, next(), "Z1/a", "Z1/b"));
        int before = one.pushes().size();

        open();

        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "b");
        assertThat(one.pushes()).hasSize(before);
    }

    @Test
    void underHoldShrinkThePeerIsAddedAndNotTakenAway() {
        PushBench two = PushBench.east();
        two.subscribe(one, "s", Scope.GLOBAL);
        two.confirmed(datum(two.own, version(two), "Z1/a"));
        two.confirmed(datum(two.peer, version(two), "Z1/w"));
        assertThat(one.shown("s")).containsExactly("a");
        two.pusher.onSwitch(
                new PushSwitch(1, List.of(new PushToken("op", "", PushPosition.HOLD_SHRINK, PushScope.all(), 1, 0))));

        two.confirmed(Datum.empty(two.own, PushBench.SERVICE).withVersion(new DatumVersion(version(two))));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "w");
        two.confirmed(datum(two.own, version(two), "Z1/b"));
        assertThat(one.shown("s")).containsExactlyInAnyOrder("a", "b", "w");

        two.pusher.onSwitch(PushSwitch.OPEN);
        two.advance(Duration.ofSeconds(1));
        assertThat(one.shown("s")).containsExactly("b");
    }

    @Test
    void clientsOfTheGreyListGetTheirsAndOtherServicesAreNotClosed() {
        FakeConnection other = new FakeConnection(2);
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.subscribe(other, "t", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));

        close(PushPosition.CLOSED, PushScope.all().sparing(List.of("10.0.0.2")));
        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        assertThat(one.shown("s")).containsExactly("a");
        assertThat(other.shown("t")).containsExactly("b");

        close(PushPosition.CLOSED, new PushScope("*", "com.other.*", Set.of(), Set.of()));
        assertThat(one.shown("s")).containsExactly("b");
    }

    @Test
    void whileNobodyKnowsEvenFirstListsWait() {
        bench.pusher.awaitSwitch();
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        assertThat(one.pushes()).isEmpty();

        open();
        assertThat(one.shown("s")).containsExactly("a");
    }

    @Test
    void openingMakesUpForWhatWaitedAtABoundedRate() {
        List<FakeConnection> many = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            FakeConnection each = new FakeConnection(i);
            many.add(each);
            bench.subscribe(each, "s" + i, Scope.DATACENTER);
        }
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        close(PushPosition.CLOSED, PushScope.all());
        bench.confirmed(datum(bench.own, next(), "Z1/b"));

        bench.pusher.onSwitch(PushSwitch.OPEN);
        bench.advance(Duration.ofMillis(1));
        assertThat(many.stream().filter(each -> each.pushes().size() == 2)).hasSize(600);

        bench.advance(Duration.ofMillis(20));
        assertThat(many).allSatisfy(each -> assertThat(each.pushes()).hasSize(2));
    }

    @Test
    void openingServesOneConnectionAfterTheOtherWithAllItsServices() {
        DataInfoId second = DataInfoId.of("com.example.Stock");
        List<FakeConnection> many = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            FakeConnection each = new FakeConnection(i);
            many.add(each);
            bench.subscribe(each, "s" + i, Scope.DATACENTER);
            bench.subscribe(each, "t" + i, second, Scope.DATACENTER);
        }
        bench.confirmed(datum(bench.own, next(), "Z1/a"));
        bench.confirmed(datum(bench.own, second, next(), "Z1/a"));
        close(PushPosition.CLOSED, PushScope.all());
        bench.confirmed(datum(bench.own, next(), "Z1/b"));
        bench.confirmed(datum(bench.own, second, next(), "Z1/b"));

        bench.pusher.onSwitch(PushSwitch.OPEN);
        bench.advance(Duration.ofMillis(1));

        assertThat(many.subList(0, 300))
                .allSatisfy(each -> assertThat(each.pushes()).hasSize(4));
        assertThat(many.subList(300, 400))
                .allSatisfy(each -> assertThat(each.pushes()).hasSize(2));
    }

    @Test
    void aSessionThatGivesNoFirstListsPushesNothingAtAllWhileClosed() {
        PushGate gate = new PushGate(false);
        gate.set(closed(PushPosition.CLOSED, PushScope.all()));

        assertThat(gate.position(PushBench.SERVICE, "10.0.0.1:1")).isEqualTo(PushPosition.UNKNOWN);
    }

    private void close(PushPosition position, PushScope scope) {
        bench.pusher.onSwitch(closed(position, scope));
        bench.advance(Duration.ofMillis(1));
    }

    private void open() {
        bench.pusher.onSwitch(PushSwitch.OPEN);
        bench.advance(Duration.ofMillis(100));
    }

    private static PushSwitch closed(PushPosition position, PushScope scope) {
        return new PushSwitch(1, List.of(new PushToken("operator", "", position, scope, 1, 0)));
    }

    private long next() {
        return version(bench);
    }

    private static long version(PushBench of) {
        of.advance(Duration.ofMillis(1));
        return of.version();
    }
}
