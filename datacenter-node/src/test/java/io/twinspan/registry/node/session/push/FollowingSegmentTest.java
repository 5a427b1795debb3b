package io.twinspan.registry.node.session.push;

import static io.twinspan.registry.node.session.push.PushBench.datum;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While clients move, a list that lacks somebody comes after the other datacenter's that has him. */
final class FollowingSegmentTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    private final ManualClock time = new ManualClock();
    private final PushBench bench = new PushBench(time, "east", "west", Duration.ZERO, 7);
    private final SimulatedClient client = new SimulatedClient();

    private void move() {
        bench.pusher.onMovingWith(WEST);
    }

    private Datum followed(Datum datum, DatacenterId there, long version) {
        return datum.following(Map.of(there, new DatumVersion(version)));
    }

    private void alwaysHad(String... addresses) {
        assertThat(client.history().stream().dropWhile(shown -> !shown.containsAll(Set.of(addresses))))
                .allMatch(shown -> shown.containsAll(Set.of(addresses)));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void everyScopeIsShownBothDatacentersWhole(Scope scope) {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", scope);
        bench.confirmed(datum(EAST, bench.version(), "Z1/e"));
        bench.confirmed(datum(WEST, bench.version(), "Z9/w"));
        assertThat(client.shown("s")).containsExactly("e", "w");
    }

    @Test
    void whoHasGoneOverIsNeverMissing() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(WEST, bench.version(), "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        long west = bench.version();
        time.advance(Duration.ofMillis(5));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/b"), WEST, west));
        assertThat(client.shown("s")).as("the west's list has not come").containsExactly("a", "b", "x");
        time.advance(Duration.ofSeconds(5));
        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        bench.confirmed(datum(WEST, west, "Z1/a", "Z1/x"));
        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        alwaysHad("a", "b", "x");
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(datum(WEST, bench.version(), "Z1/x"));
        assertThat(client.shown("s")).as("the east does not list it any more").containsExactly("b", "x");
    }

    @Test
    void aListDoesNotWaitForEverForOneThatDoesNotCome() {
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        bench.confirmed(datum(EAST, bench.version(), "Z1/a"));
        time.advance(Duration.ofSeconds(1));
        Datum gone = followed(datum(EAST, bench.version()), WEST, bench.version());
        bench.confirmed(gone);
        time.advance(Duration.ofSeconds(29));
        assertThat(client.shown("s")).containsExactly("a");
        bench.confirmed(gone);
        time.advance(Duration.ofSeconds(2));
        assertThat(client.shown("s")).isEmpty();
        assertThat(bench.metrics.values()).containsEntry("twinspan.push.not.followed", 1L);
    }

    @Test
    void whileClientsMoveItWaitsAsLongAsTheyAreKept() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(WEST, bench.version(), "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        long west = bench.version() + 1;
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/b"), WEST, west));
        time.advance(Duration.ofSeconds(10));
        // Somebody has gone the other way.
        bench.confirmed(followed(datum(WEST, west - 1, "Z1/x"), EAST, bench.version()));
        time.advance(Duration.ofSeconds(109));
        assertThat(client.shown("s")).contains("a");
        time.advance(Duration.ofSeconds(2));
        assertThat(client.shown("s")).containsExactly("b", "x");
    }

    @Test
    void firstListsWaitForNobodyAndAClientThatBroughtOneKeepsIt() {
        PushBench before = new PushBench(time, "east", "west", Duration.ZERO, 1);
        before.pusher.onMovingWith(WEST);
        before.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        before.confirmed(datum(EAST, before.version(), "Z1/a", "Z1/b"));
        before.confirmed(datum(WEST, before.version(), "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b", "x");

        move();
        long west = bench.version();
        SimulatedClient fresh = new SimulatedClient();
        bench.subscribe(new FakeConnection(3, fresh), "s", Scope.GLOBAL);
        Datum east = followed(datum(EAST, bench.version() + 1, "Z1/b"), WEST, west);
        bench.confirmed(east);
        assertThat(fresh.shown("s")).containsExactly("b");
        bench.subscribe(new FakeConnection(2, client), "s", Scope.GLOBAL);
        bench.confirmed(east);
        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        bench.confirmed(datum(WEST, west, "Z1/a", "Z1/x"));
        bench.confirmed(east);
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        assertThat(fresh.shown("s")).containsExactly("a", "b", "x");
        alwaysHad("a", "b", "x");
    }

    @Test
    void twoListsThatWaitForOneAnotherAreBothGivenWithNothingMissing() {
        PushBench before = new PushBench(time, "east", "west", Duration.ZERO, 1);
        before.pusher.onMovingWith(WEST);
        before.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        // Of one who goes there and one who comes back.
        before.confirmed(datum(EAST, before.version(), "Z1/there"));
        before.confirmed(datum(WEST, before.version(), "Z1/back"));
        time.advance(Duration.ofSeconds(1));

        move();
        long version = bench.version();
        bench.subscribe(new FakeConnection(2, client), "s", Scope.GLOBAL);
        bench.confirmed(followed(datum(EAST, version, "Z1/back"), WEST, version));
        bench.confirmed(followed(datum(WEST, version, "Z1/there"), EAST, version));
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("back", "there");
        alwaysHad("back", "there");
        assertThat(client.history().get(client.history().size() - 1)).isEqualTo(new TreeSet<>(Set.of("back", "there")));
        assertThat(bench.pusher.find(PushBench.SERVICE).orElseThrow().segments().followed())
                .hasSize(2);
    }

    /** Those who were in the west when it was lost, and have come back. */
    private void comeBackFromTheWest() {
        PushBench there = new PushBench(time, "west", "east", Duration.ZERO, 1);
        there.pusher.onMovingWith(EAST);
        there.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        there.confirmed(datum(WEST, there.version(), "Z1/a", "Z1/b"));
        there.confirmed(datum(EAST, there.version()));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b");
        there.pusher.close(1);
        time.advance(Duration.ofMillis(5));
        move();
        bench.subscribe(new FakeConnection(2, client), "s", Scope.GLOBAL);
    }

    @Test
    void aListThatFollowedALostDatacentersIsGivenBeforeWhatIsLeftOfThat() {
        comeBackFromTheWest();
        long west = bench.version() - 1;
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a"), WEST, west));
        bench.unconfirmed(datum(WEST, west, "Z1/a", "Z1/b"));
        time.advance(Duration.ofSeconds(5));
        long east = bench.version();
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west, "Z1/b"), EAST, east)));
        assertThat(client.shown("s")).as("the own list has not come").containsExactly("a", "b");
        bench.confirmed(followed(datum(EAST, east, "Z1/a", "Z1/new"), WEST, west));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b", "new");

        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a", "Z1/b"), WEST, west));
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west), EAST, bench.version())));
        bench.confirmed(followed(datum(EAST, bench.version() + 1, "Z1/b"), WEST, west));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).as("who goes then is gone").containsExactly("b");
        assertThat(client.history().stream().dropWhile(shown -> !shown.contains("b")))
                .allMatch(shown -> shown.contains("b"));
    }

    @Test
    void aLostDatacenterOfWhichNothingIsLeftTakesNothingWithIt() {
        comeBackFromTheWest();
        long west = bench.version() - 1;
        bench.unconfirmed(datum(WEST, west, "Z1/a", "Z1/b"));
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west), EAST, bench.version())));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a", "Z1/b"), WEST, west));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a"), WEST, west));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a");
        alwaysHad("a");
    }

    @Test
    void aListWaitsForNothingNewerOfALostDatacenterThanWhatIsLeft() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        long west = bench.version();
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(WEST, west, "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a", "Z1/new"), WEST, west + 1));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).as("b may be listed there").containsExactly("a", "b", "x");

        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west, "Z1/x"), EAST, bench.version())));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "new", "x");
    }

    @Test
    void whoIsLeftOfALostDatacenterIsNotMissingUntilThatIsGiven() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        long west = bench.version();
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(WEST, west, "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a"), WEST, west + 1));
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west + 1, "Z1/b", "Z1/x"), EAST, bench.version())));
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        alwaysHad("a", "b", "x");
    }

    @Test
    void whoComesOverFromALostDatacenterIsNotMissingUntilTheOwnListHasHim() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        long west = bench.version();
        bench.confirmed(datum(EAST, bench.version(), "Z1/a"));
        bench.confirmed(datum(WEST, west, "Z1/b", "Z1/c"));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a"), WEST, west + 1));
        long next = bench.version() + 1;
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west, "Z1/b"), EAST, next)));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b", "c");

        bench.confirmed(followed(datum(EAST, next, "Z1/a", "Z1/c"), WEST, west + 1));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b", "c");
        alwaysHad("a", "b", "c");
    }

    @Test
    void ofTwoListsThatWaitForOneAnotherNoneIsGivenWithAnOlderOneThanItWaitsFor() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        bench.confirmed(datum(EAST, bench.version(), "Z1/e", "Z1/there"));
        bench.confirmed(datum(WEST, bench.version(), "Z1/back", "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        long version = bench.version();
        bench.confirmed(followed(datum(EAST, version, "Z1/e"), WEST, version));
        bench.confirmed(followed(datum(WEST, version, "Z1/there", "Z1/x"), EAST, version + 1));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s"))
                .as("the list that has the one who came back has not come")
                .contains("back");
        bench.confirmed(followed(datum(EAST, version + 1, "Z1/back", "Z1/e"), WEST, version));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("back", "e", "there", "x");
        alwaysHad("back", "e", "there", "x");
    }

    @Test
    void aListWaitsAgainForADatacenterThatSpeaksForItselfAgain() {
        move();
        bench.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        long west = bench.version();
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        bench.confirmed(datum(WEST, west, "Z1/x"));
        bench.answer(DatumAnswer.inCustody(followed(datum(WEST, west, "Z1/x"), EAST, bench.version())));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(datum(WEST, west, "Z1/x"));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/a"), WEST, west + 1));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).as("b is on its way there").containsExactly("a", "b", "x");
        bench.confirmed(datum(WEST, west + 1, "Z1/b", "Z1/x"));
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("a", "b", "x");
        alwaysHad("a", "b", "x");
    }

    @Test
    void whatIsNotShownIsNotWaitedFor() {
        bench.subscribe(new FakeConnection(1, client), "s", Scope.DATACENTER);
        bench.confirmed(datum(EAST, bench.version(), "Z1/a", "Z1/b"));
        time.advance(Duration.ofSeconds(1));
        bench.confirmed(followed(datum(EAST, bench.version(), "Z1/b"), WEST, bench.version()));
        assertThat(client.shown("s")).containsExactly("b");
    }
}
