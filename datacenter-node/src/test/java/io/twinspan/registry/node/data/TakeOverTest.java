package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.D3;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static io.twinspan.registry.node.data.ReplicaCluster.SERVICE;
import static io.twinspan.registry.node.data.ReplicaCluster.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower becomes leader, and nobody notices. */
class TakeOverTest {
    private static ReplicaCluster settled(NodeId... nodes) {
        ReplicaCluster cluster = new ReplicaCluster(1, nodes);
        cluster.assign(nodes);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        assertThat(cluster.node(nodes[0]).isSettled()).isTrue();
        return cluster;
    }

    @Test
    void promotedFollowerHasEverythingUnderTheSameVersionAndSettlesWithinSeconds() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        DatumVersion before = cluster.fetch(D1).version();
        cluster.node(D1).crash();
        cluster.assign(D2, D1);

        DatumAnswer atOnce = cluster.fetch(D2);
        assertThat(atOnce.version()).isEqualTo(before);
        assertThat(atOnce.isConfirmed()).isFalse();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");

        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        DatumAnswer settled = cluster.fetch(D2);
        assertThat(settled.isConfirmed()).isTrue();
        assertThat(settled.version()).isEqualTo(before);
        cluster.register(D2, S1, 3, "a:3");
        assertThat(cluster.fetch(D2).version().isAfter(before)).isTrue();
    }

    @Test
    void whatALeaderTookThatNeverSettledIsShownByTheNextOnlyOnceThatHasSettled() {
        ReplicaCluster cluster = settled(D1, D2, D3);
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(100));
        cluster.node(D1).crash();
        cluster.assign(D2, D3);
        cluster.register(D2, S1, 2, "a:2");
        cluster.pass(Duration.ofMillis(300));
        assertThat(cluster.node(D2).isSettled()).isFalse();
        cluster.node(D2).crash();
        cluster.assign(D3);

        assertThat(cluster.fetch(D3).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.fetch(D3).isConfirmed()).isTrue();
        assertThat(cluster.shown(D3)).containsExactly("a:1", "a:2");
    }

    @Test
    void sessionThatIsStalledIsWaitedForAndNoListIsShorterMeanwhile() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        cluster.assign(D2, D1);
        for (int i = 0; i < 20; i++) {
            cluster.passWith(Duration.ofSeconds(1), S1);
            assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
        }
        assertThat(cluster.node(D2).isSettled()).isFalse();
        cluster.passWith(Duration.ofSeconds(2), S1, S2);
        assertThat(cluster.node(D2).isSettled()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
    }

    @Test
    void sessionThatStaysSilentDelaysSettlingOnlyToTheLatestTimeAndIsStillListed() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(62), S1);
        assertThat(cluster.node(D2).isSettled()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
    }

    @Test
    void sessionThatDiedWithTheLeaderIsRemovedAfterItsLeaseByTheNewOne() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.tellSessions(S1);
        cluster.passWith(Duration.ofSeconds(25), S1);
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
        cluster.passWith(Duration.ofSeconds(15), S1);
        assertThat(cluster.shown(D2)).containsExactly("a:1");
    }

    @Test
    void replicaThatWasOutOfReachDoesNotBringBackWhatWentWithItsSession() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.register(D1, S2, 3, "a:3");
        cluster.pass(Duration.ofMillis(100));
        cluster.network.cut("d1", "d2");
        cluster.network.cut("d2", "d1");
        cluster.tellSessions(S1);
        cluster.passWith(Duration.ofSeconds(40), S1);
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:2");
        cluster.network.heal();

        cluster.assign(D2, D1);
        cluster.tellSessions(S1);
        cluster.passWith(Duration.ofSeconds(6), S1);

        assertThat(cluster.node(D2).isSettled()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
    }

    @Test
    void replicaThatWasOutOfReachDoesNotBringBackWhatASessionNoLongerNames() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        Publisher left = cluster.register(D1, S1, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        cluster.network.cut("d1", "d2");
        cluster.network.cut("d2", "d1");
        cluster.forget(S1, left);
        cluster.pass(Duration.ofSeconds(3));
        cluster.renew(cluster.node(D1), S1);
        assertThat(cluster.shown(D1)).containsExactly("a:1");
        cluster.network.heal();

        cluster.assign(D2, D1);
        // The session itself, which would set it right, says nothing.
        cluster.passWith(Duration.ofSeconds(6), S2);

        assertThat(cluster.node(D2).onDisk().get(0).publishers()).hasSize(1);
    }

    @Test
    void whatTheOldLeaderTookLastIsHandedOver() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(100));
        cluster.network.cut("d1", "d2");
        cluster.network.cut("d2", "d1");
        cluster.register(D1, S2, 2, "a:2");
        DatumVersion tail = cluster.fetch(D1).version();
        cluster.pass(Duration.ofMillis(100));
        cluster.assignTelling(List.of(D2), D2, D1);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(cluster.shown(D2)).containsExactly("a:1");
        cluster.network.heal();
        // No session helps.
        cluster.pass(Duration.ofSeconds(5));
        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        cluster.tellSessions(S1);
        cluster.passWith(Duration.ofSeconds(3), S1);
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
        assertThat(cluster.fetch(D2).version()).isEqualTo(tail);
    }

    @Test
    void leaderThatHearsOfALaterOneAnswersNothingMore() {
        ReplicaCluster cluster = settled(D1, D2);
        Publisher publisher = cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(100));
        cluster.assignTelling(List.of(D2), D2, D1);
        cluster.pass(Duration.ofMillis(500));
        assertThat(cluster.change(D1, S1, SERVICE, new DatumChange.Register(publisher))
                        .isLeader())
                .isFalse();
        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
    }

    @Test
    void leaderThatIsRefusedByItsFollowerStopsAndFollows() {
        ReplicaCluster cluster = settled(D1, D2, D3);
        cluster.network.cut("d2", "d1");
        cluster.assignTelling(List.of(D2, D3), D2, D1, D3);
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(100));
        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        cluster.network.heal();
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        assertThat(cluster.shown(D2)).containsExactly("a:1");
        assertThat(cluster.node(D2).report().followers()).allMatch(each -> each.isCurrent());
    }

    @Test
    void nodeThatJoinsIsGivenTheSlotWithEveryPublisherAlsoOfAStalledSession() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D3);
        cluster.assign(D1);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.assign(D1, D3);
        cluster.passWith(Duration.ofSeconds(2), S1);
        assertThat(cluster.node(D1).report().followers()).allMatch(each -> each.isCurrent());
        cluster.assign(D3, D1);
        for (int i = 0; i < 70; i++) {
            cluster.passWith(Duration.ofSeconds(1), S1);
            assertThat(cluster.shown(D3)).containsExactly("a:1", "a:2");
        }
    }

    @Test
    void restartedLeaderSettlesWithItsFollowersContentAlsoOnAnEmptyDisk() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofMillis(100));
        DatumVersion before = cluster.fetch(D1).version();
        cluster.node(D1).crash();
        cluster.node(D1).store.forget(SLOT);
        cluster.node(D1).start();
        cluster.tell(D1);
        cluster.pass(Duration.ofMillis(100));
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:2");
        assertThat(cluster.fetch(D1).version()).isEqualTo(before);
        assertThat(cluster.fetch(D1).isConfirmed()).isFalse();
        cluster.passWith(Duration.ofSeconds(2), S1, S2);
        assertThat(cluster.fetch(D1).isConfirmed()).isTrue();
        assertThat(cluster.fetch(D1).version()).isEqualTo(before);
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:2");
    }

    @Test
    void whatAColdLeaderTookIsNotShownAfterItsSecondCrash() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(100));
        cluster.network.cut("d1", "d2");
        cluster.network.cut("d2", "d1");
        cluster.register(D1, S2, 2, "a:2");
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:2");
        DatumVersion confirmed = cluster.fetch(D1).version();
        cluster.node(D1).crash();
        cluster.node(D1).store.forget(SLOT);
        cluster.node(D1).start();
        cluster.tell(D1);
        // Its number is the higher one, and below the ceiling that the follower knows.
        cluster.register(D1, S1, 1, "b:1");
        cluster.network.heal();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(cluster.shown(D1)).as("what its follower holds").containsExactly("a:1");
        cluster.node(D1).crash();
        cluster.network.cut("d1", "d2");
        cluster.node(D1).start();
        cluster.tell(D1);

        DatumAnswer answer = cluster.fetch(D1);
        assertThat(answer.version().isAfter(confirmed))
                .as("a list without a:2 under a number that a client takes")
                .isFalse();
        cluster.network.heal();
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        assertThat(cluster.shown(D1)).containsExactly("a:2", "b:1");
        assertThat(cluster.fetch(D1).isConfirmed()).isTrue();
    }

    @Test
    void removalThatOnlyTheFollowerKnowsOfIsNotUndoneByTheRestartedLeader() {
        ReplicaCluster cluster = settled(D1, D2);
        Publisher gone = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        cluster.remove(D2, S1, gone);
        cluster.node(D1).start();
        cluster.assign(D1, D2);
        cluster.pass(Duration.ofMillis(500));
        assertThat(cluster.shown(D1)).containsExactly("a:2");
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.shown(D1)).containsExactly("a:2");
        assertThat(cluster.fetch(D1).isConfirmed()).isTrue();
    }

    @Test
    void newLeaderWhoseClockIsBehindMintsAboveWhatTheOldOneShowed() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1)
                .process()
                .clock()
                .merge(io.twinspan.registry.clock.Stamp.atMillis(
                        cluster.node(D1).process().clock().physicalMillis() + 30_000));
        cluster.register(D1, S1, 1, "a:1");
        DatumVersion before = cluster.fetch(D1).version();
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.node(D2).crash();
        cluster.node(D2).start();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        cluster.register(D2, S1, 2, "a:2");
        assertThat(cluster.fetch(D2).version().isAfter(before)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsLostAndOneVersionNamesOneContentThroughAnyPromotions(long seed) {
        Random random = new Random(seed);
        ReplicaCluster cluster = new ReplicaCluster(seed, D1, D2, D3);
        List<NodeId> order = new ArrayList<>(List.of(D1, D2, D3));
        cluster.assign(D1, D2, D3);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.network.weather(new Weather(Duration.ofMillis(1), Duration.ofMillis(40), 0.02, 0.05, 0.2));
        Map<DatumVersion, Integer> contents = new HashMap<>();
        for (int step = 0; step < 120; step++) {
            NodeId leader = order.get(0);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    if (cluster.node(leader).leads()) {
                        cluster.register(leader, random.nextBoolean() ? S1 : S2, random.nextInt(9), "a:" + step);
                    }
                }
                case 4 -> {
                    order.add(order.remove(0));
                    cluster.assign(order.toArray(NodeId[]::new));
                }
                case 5 -> {
                    NodeId one = order.get(random.nextInt(3));
                    if (random.nextBoolean()) {
                        cluster.node(one).crash();
                        cluster.node(one).start();
                        cluster.tell(one);
                    } else {
                        cluster.network.cut(
                                one.value(), order.get(random.nextInt(3)).value());
                    }
                }
                case 6 -> cluster.network.heal();
                default -> cluster.passWith(Duration.ofMillis(random.nextInt(3000)), S1, S2);
            }
            for (NodeId node : order) {
                DatumAnswer answer = cluster.fetch(node);
                if (answer.datum() != null) {
                    int hash = answer.datum().contentHash();
                    Integer known = contents.putIfAbsent(answer.version(), hash);
                    assertThat(known == null ? hash : known)
                            .as("content of version %s at %s in step %s", answer.version(), node, step)
                            .isEqualTo(hash);
                }
            }
        }
        cluster.network.heal();
        cluster.network.weather(Weather.FAIR);
        cluster.passWith(Duration.ofSeconds(20), S1, S2);
        assertThat(cluster.shown(order.get(0)))
                .containsExactlyInAnyOrderElementsOf(cluster.registered.values().stream()
                        .flatMap(each -> each.getOrDefault(SERVICE, List.of()).stream())
                        .collect(java.util.stream.Collectors.toMap(
                                Publisher::id, each -> each, (a, b) -> a.order().isAfter(b.order()) ? a : b))
                        .values()
                        .stream()
                        .flatMap(each -> each.addresses().stream())
                        .toList());
    }
}
