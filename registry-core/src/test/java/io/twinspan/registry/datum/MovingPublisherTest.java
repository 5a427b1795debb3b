package io.twinspan.registry.datum;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.digest.ReplicaDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registration whose client is on its way to another datacenter, and what datums follow once it is there. */
final class MovingPublisherTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId SERVICE = DataInfoId.of("com.example.Pay");
    private static final SessionIncarnation SESSION = new SessionIncarnation(new NodeId("s1"), 1);

    private long minted = 100;

    private static DatumVersion nothing() {
        throw new AssertionError("subscribers see no difference");
    }

    private static Publisher publisher(int id, long stamp, long connection) {
        return new Publisher(
                RegistrationId.ofSofa("r" + id),
                new RegistrationOrder(1, new Stamp(stamp)),
                new Owner(SESSION, connection),
                "z",
                "app",
                "10.0.0.1:1",
                List.of("a:" + id));
    }

    private Datum apply(Datum datum, DatumChange... changes) {
        return datum.apply(List.of(changes), 0, () -> new DatumVersion(++minted))
                .datum();
    }

    @Test
    void toGoOnTheWayIsNoContentAndMintsNothing() {
        Publisher one = publisher(1, 10, 1);
        Datum before = apply(Datum.empty(EAST, SERVICE), new DatumChange.Register(one));
        Datum after = before.apply(
                        List.of(new DatumChange.Register(one.moving(5_000))), 0, MovingPublisherTest::nothing)
                .datum();

        assertThat(after.find(one.id())).hasValue(one.moving(5_000));
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.contentHash()).isEqualTo(before.contentHash());
        assertThat(ReplicaDigest.of(after)).as("but replicas tell it apart").isNotEqualTo(ReplicaDigest.of(before));
    }

    @Test
    void aLateCopyOfTheRegistrationDoesNotBringItsOwnerBack() {
        Publisher one = publisher(1, 10, 1);
        Datum moving = apply(
                Datum.empty(EAST, SERVICE), new DatumChange.Register(one), new DatumChange.Register(one.moving(5_000)));
        assertThat(apply(moving, new DatumChange.Register(one))
                        .find(one.id())
                        .orElseThrow()
                        .isMoving())
                .isTrue();
    }

    @Test
    void aClientThatComesBackMakesAnOrdinaryOneOfIt() {
        Publisher one = publisher(1, 10, 1);
        Publisher again = publisher(1, 11, 2);
        Datum moving = apply(
                Datum.empty(EAST, SERVICE), new DatumChange.Register(one), new DatumChange.Register(one.moving(5_000)));
        Datum back = moving.apply(List.of(new DatumChange.Register(again)), 0, MovingPublisherTest::nothing)
                .datum();
        assertThat(back.find(one.id())).hasValue(again);
        assertThat(apply(back, new DatumChange.Register(one.moving(6_000))).find(one.id()))
                .as("what its old session says is late")
                .hasValue(again);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheOrderOfArrivalReplicasHoldTheSame(long seed) {
        Random random = new Random(seed);
        List<DatumChange> changes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Publisher each = publisher(random.nextInt(3), 10 + random.nextInt(4), random.nextInt(2));
            changes.add(new DatumChange.Register(random.nextBoolean() ? each : each.moving(1 + random.nextInt(3))));
        }
        Datum one = apply(Datum.empty(EAST, SERVICE), changes.toArray(DatumChange[]::new));
        Collections.shuffle(changes, random);
        Datum other = apply(Datum.empty(EAST, SERVICE), changes.toArray(DatumChange[]::new));
        assertThat(one.publishers()).isEqualTo(other.publishers());
        assertThat(one.merge(other, () -> new DatumVersion(1_000)).publishers()).isEqualTo(one.publishers());
    }

    @Test
    void whatADatumFollowsStaysWithItThroughChangesMergesAndPatches() {
        DatumVersion seen = new DatumVersion(70);
        Datum datum = apply(Datum.empty(EAST, SERVICE), new DatumChange.Register(publisher(1, 10, 1)))
                .following(Map.of(WEST, seen));
        Datum changed = apply(datum, new DatumChange.Register(publisher(2, 11, 1)));
        assertThat(changed.after()).isEqualTo(Map.of(WEST, seen));
        assertThat(changed.following(Map.of(WEST, new DatumVersion(60))).after())
                .as("an older version takes nothing away")
                .isEqualTo(Map.of(WEST, seen));

        Datum bare = apply(Datum.empty(EAST, SERVICE), new DatumChange.Register(publisher(1, 10, 1)));
        assertThat(bare.merge(changed, () -> new DatumVersion(1_000)).after()).isEqualTo(changed.after());
        assertThat(bare.patched(DatumPatch.of(changed, List.of(RegistrationId.ofSofa("r2"))))
                        .after())
                .isEqualTo(changed.after());
        assertThat(ReplicaDigest.of(changed)).isNotEqualTo(ReplicaDigest.of(changed.followingNothing()));
    }
}
