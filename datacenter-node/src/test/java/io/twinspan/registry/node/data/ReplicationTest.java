package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.D3;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static io.twinspan.registry.node.data.ReplicaCluster.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Followers hold what leaders hold. */
class ReplicationTest {
    private static final Duration SETTLED = Duration.ofSeconds(16);
    private static final List<DataInfoId> SERVICES = IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> DataInfoId.of("service" + (i == 0 ? "" : i)))
            .filter(id -> io.twinspan.registry.slot.SlotId.of(id).equals(SLOT))
            .limit(8)
            .toList();

    private static ReplicaCluster settled(NodeId... nodes) {
        ReplicaCluster cluster = new ReplicaCluster(1, nodes);
        cluster.assign(nodes);
        cluster.renew(cluster.node(nodes[0]), S1);
        cluster.renew(cluster.node(nodes[0]), S2);
        cluster.pass(SETTLED);
        return cluster;
    }

    private static void assertEqualContent(ReplicaCluster cluster, NodeId leader, NodeId follower) {
        List<Datum> ours = sorted(cluster.node(leader).onDisk());
        List<Datum> theirs = sorted(cluster.node(follower).onDisk());
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            Samples.assertSame(theirs.get(i), ours.get(i));
        }
    }

    private static List<Datum> sorted(List<Datum> datums) {
        return datums.stream()
                .sorted(Comparator.comparing(each -> each.id().toString()))
                .toList();
    }

    @Test
    void followerHasEveryChangeAndIsReportedCurrent() {
        ReplicaCluster cluster = settled(D1, D2);
        Publisher gone = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.remove(D1, S1, gone);
        cluster.pass(Duration.ofSeconds(1));

        assertEqualContent(cluster, D1, D2);
        assertThat(cluster.node(D2).onDisk().get(0).tombstones()).hasSize(1);
        assertThat(cluster.node(D1).report().followers()).containsExactly(new SlotReport.Follower(D2, true, 0));
        assertThat(cluster.node(D2).store.load(SLOT).ceiling())
                .isEqualTo(cluster.node(D1).store.load(SLOT).ceiling());
        assertThat(cluster.node(D2)
                        .store
                        .load(SLOT)
                        .ceiling()
                        .isAfter(cluster.fetch(D1).version()))
                .isTrue();
    }

    @Test
    void onlyTheRegistrationThatChangedTravels() {
        ReplicaCluster cluster = settled(D1, D2);
        IntStream.range(0, 500).forEach(i -> cluster.register(D1, S1, i, "a:" + i));
        cluster.pass(Duration.ofSeconds(1));
        cluster.updates.clear();

        cluster.register(D1, S1, 7, "b:7");
        cluster.pass(Duration.ofMillis(100));

        assertThat(cluster.updates)
                .allSatisfy(each -> assertThat(
                                ((ReplicaUpdate.Write) each).content().datums())
                        .isEmpty());
        assertThat(cluster.updates.stream()
                        .flatMap(each -> ((ReplicaUpdate.Write) each).content().patches().stream())
                        .map(DatumPatch::size))
                .containsExactly(1);
        assertEqualContent(cluster, D1, D2);
    }

    @Test
    void followerThatWasAwayIsGivenOnlyWhatDiffers() {
        ReplicaCluster cluster = settled(D1, D2);
        for (DataInfoId service : SERVICES) {
            cluster.register(D1, S1, service, 1, "a:1");
        }
        cluster.pass(Duration.ofSeconds(1));
        cluster.network.cut("d1", "d2");
        cluster.register(D1, S1, SERVICES.get(3), 2, "a:2");
        cluster.pass(Duration.ofSeconds(10));
        assertThat(cluster.node(D1).report().followers().get(0).isCurrent()).isFalse();
        cluster.network.heal();
        cluster.updates.clear();
        cluster.pass(Duration.ofSeconds(5));

        assertThat(cluster.updates.stream()
                        .filter(each -> each instanceof ReplicaUpdate.Write)
                        .flatMap(each -> ((ReplicaUpdate.Write) each).content().datums().stream())
                        .map(Datum::id)
                        .distinct())
                .containsExactly(SERVICES.get(3));
        assertEqualContent(cluster, D1, D2);
        assertThat(cluster.node(D1).report().followers()).containsExactly(new SlotReport.Follower(D2, true, 0));
    }

    @Test
    void followerIsNotCurrentBeforeItHasEverythingAndWhenItDoesNotAnswer() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1);
        cluster.pass(SETTLED);
        cluster.register(D1, S1, 1, "a:1");
        cluster.node(D2).process().pause();
        cluster.assign(D1, D2);
        cluster.pass(Duration.ofSeconds(2));
        assertThat(cluster.node(D1).report().followers())
                .extracting(SlotReport.Follower::isCurrent)
                .containsExactly(false);
        cluster.node(D2).process().resume();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(cluster.node(D1).report().followers())
                .extracting(SlotReport.Follower::isCurrent)
                .containsExactly(true);
        cluster.node(D2).process().pause();
        cluster.register(D1, S1, 2, "a:2");
        cluster.pass(Duration.ofMillis(1500));
        assertThat(cluster.node(D1).report().followers())
                .extracting(SlotReport.Follower::isCurrent)
                .containsExactly(false);
    }

    @Test
    void restartedFollowerIsComparedWithWhatItHasOnDisk() {
        ReplicaCluster cluster = settled(D1, D2);
        for (DataInfoId service : SERVICES) {
            cluster.register(D1, S1, service, 1, "a:1");
        }
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D2).crash();
        Publisher gone = cluster.register(D1, S1, 9, "a:9");
        cluster.remove(D1, S1, gone);
        cluster.pass(Duration.ofSeconds(1));
        cluster.updates.clear();
        cluster.node(D2).start();
        cluster.tell(D2);
        cluster.pass(Duration.ofSeconds(5));

        assertThat(cluster.updates.stream()
                        .filter(each -> each instanceof ReplicaUpdate.Write)
                        .flatMap(each -> ((ReplicaUpdate.Write) each).content().datums().stream()))
                .hasSize(1);
        assertEqualContent(cluster, D1, D2);
        assertThat(cluster.node(D1).report().followers().get(0).isCurrent()).isTrue();
    }

    @Test
    void followerWhoseContentIsWrongIsFoundByTheQuietComparison() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D2).store.forget(SLOT);
        cluster.node(D2).crash();
        cluster.node(D2).start();
        cluster.tell(D2);
        cluster.pass(Duration.ofSeconds(32));
        assertEqualContent(cluster, D1, D2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void followersAreEqualToTheirLeaderAfterAnyHistory(long seed) {
        Random random = new Random(seed);
        ReplicaCluster cluster = new ReplicaCluster(seed, D1, D2, D3);
        cluster.assign(D1, D2, D3);
        cluster.pass(SETTLED);
        cluster.network.weather(new Weather(Duration.ofMillis(1), Duration.ofMillis(40), 0.05, 0.1, 0.3));
        List<Publisher> live = new ArrayList<>();
        long version = 2;
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 ->
                    live.add(cluster.register(
                            D1, random.nextBoolean() ? S1 : S2, random.nextInt(20), "a:" + random.nextInt(99)));
                case 4 -> {
                    if (!live.isEmpty()) {
                        Publisher each = live.remove(random.nextInt(live.size()));
                        cluster.change(
                                D1,
                                each.owner().session(),
                                ReplicaCluster.SERVICE,
                                new DatumChange.Unregister(
                                        each.id(),
                                        new RegistrationOrder(version++, new Stamp(1)),
                                        each.owner(),
                                        false));
                    }
                }
                case 5 -> cluster.register(D1, S1, SERVICES.get(random.nextInt(SERVICES.size())), 50, "b:" + step);
                case 6 -> {
                    NodeId follower = random.nextBoolean() ? D2 : D3;
                    if (random.nextInt(6) == 0) {
                        cluster.node(follower).crash();
                        cluster.node(follower).start();
                        cluster.tell(follower);
                    } else if (random.nextInt(3) == 0) {
                        cluster.network.cut("d1", follower.value());
                    } else {
                        cluster.network.heal();
                    }
                }
                default -> cluster.pass(Duration.ofMillis(random.nextInt(600)));
            }
        }
        cluster.network.heal();
        cluster.network.weather(Weather.FAIR);
        cluster.pass(Duration.ofSeconds(10));
        assertEqualContent(cluster, D1, D2);
        assertEqualContent(cluster, D1, D3);
        assertThat(cluster.node(D1).report().followers()).allMatch(SlotReport.Follower::isCurrent);
        assertThat(cluster.node(D2).leads()).isFalse();
    }

    @Test
    void expiredTombstonesGoAtFollowersToo() {
        ReplicaCluster cluster = settled(D1, D2);
        Publisher gone = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.remove(D1, S1, gone);
        cluster.passWith(Duration.ofMinutes(11), S1, S2);
        assertThat(cluster.node(D1).onDisk().get(0).tombstones()).isEmpty();
        assertEqualContent(cluster, D1, D2);
    }
}
