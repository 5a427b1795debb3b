package io.twinspan.registry.node.session.push;

import static io.twinspan.registry.node.session.push.PushBench.datum;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.slot.VersionMint;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that carry what another session has told them, and the numbers under which it did. */
final class MovedClientTest {
    private final ManualClock time = new ManualClock();
    private final SimulatedClient client = new SimulatedClient();

    @Test
    void aClientFromAnotherDatacenterLosesItsOldSegmentOnlyAfterTheNewOneIsThere() {
        PushBench east = new PushBench(time, "east", "west", Duration.ZERO, 1);
        PushBench west = new PushBench(time, "west", "east", Duration.ZERO, 2);
        Datum westDatum = datum(west.own, west.version(), "Z1/w");
        time.advance(Duration.ofSeconds(1));
        east.subscribe(new FakeConnection(1, client), "s", Scope.DATACENTER);
        east.confirmed(datum(east.own, east.version(), "Z1/e"));
        time.advance(Duration.ofSeconds(1));

        west.subscribe(new FakeConnection(2), "x", Scope.DATACENTER);
        west.confirmed(westDatum);
        time.advance(Duration.ofSeconds(1));
        // West is outside east's view, so the client has it as empty, under a number above west's datum.
        west.subscribe(new FakeConnection(3, client), "s", Scope.DATACENTER);
        assertThat(client.shown("s"))
                .as("the number of unconfirmed content is too low")
                .containsExactly("e");
        west.confirmed(westDatum);
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("w");
        assertThat(client.history()).noneMatch(TreeSet::isEmpty);
    }

    @Test
    void unconfirmedContentDoesNotReplaceTheNewerOneThatTheClientBrought() {
        PushBench first = new PushBench(time, "east", "west", Duration.ZERO, 1);
        PushBench second = new PushBench(time, "east", "west", Duration.ZERO, 2);
        Datum old = datum(first.own, first.version(), "Z1/old");
        time.advance(Duration.ofSeconds(1));
        Datum newer = datum(first.own, first.version(), "Z1/new");
        second.subscribe(new FakeConnection(9), "x", Scope.DATACENTER);
        second.confirmed(old);
        first.subscribe(new FakeConnection(1, client), "s", Scope.DATACENTER);
        first.confirmed(newer);
        time.advance(Duration.ofMillis(300));

        second.subscribe(new FakeConnection(2, client), "s", Scope.DATACENTER);
        assertThat(client.shown("s")).containsExactly("new");
        second.confirmed(newer);
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("new");
    }

    @Test
    void aClientFromASessionWithAClockAheadDoesNotFreeze() {
        PushBench ahead = new PushBench(time, "east", "west", Duration.ofMillis(900), 1);
        PushBench behind = new PushBench(time, "east", "west", Duration.ZERO, 2);
        ahead.subscribe(new FakeConnection(1, client), "s", Scope.DATACENTER);
        ahead.confirmed(datum(ahead.own, ahead.version(), "Z1/a"));
        // What the session ahead read last but one has been heard of; its last stamp has not.
        behind.clock.merge(ahead.clock.latest());
        time.advance(Duration.ofMillis(50));
        ahead.confirmed(datum(ahead.own, ahead.version(), "Z1/b"));
        time.advance(Duration.ofMillis(300));

        Datum current = datum(behind.own, behind.version(), "Z1/c");
        behind.subscribe(new FakeConnection(2, client), "s", Scope.DATACENTER);
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(3));
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("c");
        assertThat(behind.metrics.values()).containsEntry("twinspan.push.stamped.again", 1L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"DATACENTER", "GLOBAL"})
    void aClientFromADatacenterWhoseClockIsAheadUnheardOfDoesNotFreeze(Scope scope) {
        PushBench ahead = new PushBench(time, "west", "east", Duration.ofMillis(900), 1);
        PushBench behind = new PushBench(time, "east", "west", Duration.ZERO, 2);
        ahead.subscribe(new FakeConnection(1, client), "s", scope);
        ahead.confirmed(datum(ahead.own, ahead.version(), "Z1/w"));
        time.advance(Duration.ofMillis(300));

        Datum current = datum(behind.own, behind.version(), "Z1/e");
        behind.subscribe(new FakeConnection(2, client), "s", scope);
        behind.confirmed(current);
        assertThat(client.shown("s")).as("its numbers are still too low").containsExactly("w");
        time.advance(Duration.ofSeconds(3));
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("e");
        assertThat(client.history()).noneMatch(TreeSet::isEmpty);
    }

    @Test
    void aClientFromADatacenterWhoseSlotsHaveJustBeenTakenOverDoesNotFreeze() {
        PushBench ahead = new PushBench(time, "west", "east", Duration.ofMillis(900), 1);
        PushBench behind = new PushBench(time, "east", "west", Duration.ZERO, 2);
        ahead.clock.merge(Stamp.atMillis(ahead.clock.physicalMillis() + VersionMint.CEILING_AHEAD.toMillis()));
        ahead.subscribe(new FakeConnection(1, client), "s", Scope.GLOBAL);
        ahead.confirmed(datum(ahead.own, ahead.version(), "Z1/w"));
        time.advance(Duration.ofMillis(300));

        Datum current = datum(behind.own, behind.version(), "Z1/e");
        behind.subscribe(new FakeConnection(2, client), "s", Scope.GLOBAL);
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(3));
        behind.confirmed(current);
        assertThat(client.shown("s")).as("its numbers are still too low").containsExactly("w");
        time.advance(Duration.ofSeconds(10));
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(1));

        assertThat(client.shown("s")).containsExactly("e");
        assertThat(client.history()).noneMatch(TreeSet::isEmpty);
    }

    @Test
    void aClockThatWasAheadWhenItWasLastHeardOfIsStillAhead() {
        PushBench ahead = new PushBench(time, "east", Duration.ofMillis(300), 1);
        PushBench behind = new PushBench(time, "east", Duration.ZERO, 2);
        behind.clock.merge(ahead.clock.next());
        time.advance(Duration.ofSeconds(2));
        ahead.subscribe(new FakeConnection(1, client), "s", Scope.DATACENTER);
        ahead.confirmed(datum(ahead.own, ahead.version(), "Z1/old"));
        time.advance(Duration.ofMillis(100));

        Datum current = datum(behind.own, behind.version(), "Z1/new");
        behind.subscribe(new FakeConnection(2, client), "s", Scope.DATACENTER);
        behind.confirmed(current);
        assertThat(client.shown("s")).containsExactly("old");
        time.advance(Duration.ofSeconds(3));
        behind.confirmed(current);
        time.advance(Duration.ofSeconds(1));
        assertThat(client.shown("s")).containsExactly("new");
    }

    @Test
    void aClientOfADatacenterWithoutPeersIsStampedOnceWhereClocksAgree() {
        PushBench alone = new PushBench(time, "east", Duration.ZERO, 1);
        FakeConnection connection = new FakeConnection(1, client);
        alone.subscribe(connection, "s", Scope.DATACENTER);
        alone.confirmed(datum(alone.own, alone.version(), "Z1/a"));
        time.advance(Duration.ofSeconds(10));
        assertThat(connection.pushes()).hasSize(1);
        assertThat(alone.metrics.values()).containsEntry("twinspan.push.stamped.again", 0L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensAClientEndsWithWhatIsThere(long seed) {
        Random random = new Random(seed);
        PushBench[] sessions = {
            new PushBench(time, "east", "west", Duration.ofMillis(random.nextInt(10)), 1),
            new PushBench(time, "east", "west", Duration.ZERO, 2),
            new PushBench(time, "west", "east", Duration.ofMillis(random.nextInt(10)), 3)
        };
        Scope scope = random.nextBoolean() ? Scope.DATACENTER : Scope.GLOBAL;
        Datum[] truth = {datum(sessions[0].own, sessions[0].version(), "Z1/e0"), datum(sessions[2].own, 1, "Z1/w0")};
        int at = 0;
        long connection = 1;
        PushBench now = sessions[0];
        now.subscribe(new FakeConnection(connection, client), "s", scope);
        tell(now, truth, true);
        for (int step = 1; step <= 60; step++) {
            time.advance(Duration.ofMillis(1 + random.nextInt(400)));
            switch (random.nextInt(4)) {
                case 0 -> truth[0] = changed(sessions[0], truth[0], step, random);
                case 1 -> truth[1] = changed(sessions[2], truth[1], step, random);
                case 2 -> {
                    now.pusher.close(connection++);
                    time.advance(Duration.ofMillis(300));
                    at = (at + 1 + random.nextInt(2)) % sessions.length;
                    now = sessions[at];
                    now.subscribe(new FakeConnection(connection, client), "s", scope);
                }
                default -> {}
            }
            for (PushBench each : sessions) {
                tell(each, truth, random.nextInt(3) > 0);
            }
        }
        time.advance(Duration.ofSeconds(3));
        tell(now, truth, true);
        time.advance(Duration.ofSeconds(5));

        int own = now.own.name().equals("east") ? 0 : 1;
        boolean isPeerShown = scope == Scope.GLOBAL && truth[own].count() == 0;
        TreeSet<String> expected = new TreeSet<>();
        truth[own].publishers().forEach(publisher -> expected.addAll(publisher.addresses()));
        if (isPeerShown) {
            truth[1 - own].publishers().forEach(publisher -> expected.addAll(publisher.addresses()));
        }
        assertThat(client.shown("s")).as("seed %d scope %s", seed, scope).isEqualTo(expected);
    }

    private static void tell(PushBench session, Datum[] truth, boolean isConfirmed) {
        for (Datum datum : truth) {
            if (isConfirmed) {
                session.confirmed(datum);
            } else {
                session.unconfirmed(datum);
            }
        }
    }

    private static Datum changed(PushBench leader, Datum before, int step, Random random) {
        String name = leader.own.name().substring(0, 1);
        long version = Math.max(leader.version(), before.version().value() + 256);
        return random.nextInt(4) == 0
                ? datum(leader.own, version)
                : datum(leader.own, version, "Z1/" + name + step, "Z1/" + name + "stays");
    }
}
