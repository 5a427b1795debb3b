package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.D3;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was fetched of a peer is there as long as one node or one disk is, whoever leads. */
class ForeignReplicationTest {
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Duration SETTLED = Duration.ofSeconds(16);

    private static Datum west(int publishers, long version) {
        return Samples.datum("west", "service", publishers).withVersion(new DatumVersion(version));
    }

    private static ReplicaCluster settled(NodeId... nodes) {
        ReplicaCluster cluster = new ReplicaCluster(1, nodes);
        cluster.assign(nodes);
        cluster.pass(SETTLED);
        return cluster;
    }

    private static void assertHeldUnconfirmed(ReplicaCluster cluster, NodeId node, Datum expected) {
        DatumAnswer answer = cluster.fetch(node, WEST);
        assertThat(answer.status()).isEqualTo(DatumAnswer.Status.OK);
        assertThat(answer.isConfirmed()).isFalse();
        Samples.assertSame(Objects.requireNonNull(answer.datum()), expected);
    }

    @Test
    void followersHoldWhatTheLeaderHasFetchedAndEachChangeOfIt() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).install(west(2, 600));
        cluster.pass(Duration.ofSeconds(1));
        assertThat(cluster.node(D2).onDisk()).singleElement().satisfies(held -> Samples.assertSame(held, west(2, 600)));
        assertThat(cluster.node(D1).report().followers().get(0).isCurrent()).isTrue();
    }

    @Test
    void followersForgetAnEmptinessWithTheLeader() {
        DataSettings all = DataSettings.standard();
        DataSettings.Retention kept = all.retention();
        DataSettings.Retention brief = new DataSettings.Retention(
                kept.unconfirmed(), kept.tombstone(), Duration.ofMinutes(2), kept.snapshot(), kept.interest());
        ReplicaCluster cluster = new ReplicaCluster(1, all.withRetention(brief), D1, D2);
        cluster.assign(D1, D2);
        cluster.pass(SETTLED);
        cluster.node(D1).install(west(1, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).install(west(0, 600));
        cluster.pass(Duration.ofSeconds(1));
        assertThat(cluster.node(D2).onDisk()).hasSize(1);
        cluster.pass(Duration.ofMinutes(3));
        assertThat(cluster.node(D1).onDisk()).isEmpty();
        assertThat(cluster.node(D2).onDisk()).isEmpty();
        assertThat(cluster.node(D1).report().followers().get(0).isCurrent()).isTrue();
    }

    @Test
    void changeOfLeaderLosesNothingWhileThePeerIsAway() {
        ReplicaCluster cluster = settled(D1, D2, D3);
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.assign(D2, D3);
        cluster.pass(Duration.ofSeconds(1));
        assertHeldUnconfirmed(cluster, D2, west(3, 500));
        assertThat(cluster.node(D2).held(WEST)).isEqualTo(new DatumVersion(500));
        cluster.pass(SETTLED);
        assertHeldUnconfirmed(cluster, D2, west(3, 500));
    }

    @Test
    void leaderThatComesBackEmptyIsGivenWhatFollowersHold() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.node(D1).store.forget(ReplicaCluster.SLOT);
        cluster.node(D1).start();
        cluster.assign(D2, D1);
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(20), S1);
        assertHeldUnconfirmed(cluster, D1, west(3, 500));
        assertThat(cluster.node(D1).held(WEST)).isEqualTo(new DatumVersion(500));
    }

    @Test
    void restartOfAllNodesLosesNothing() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.node(D2).crash();
        cluster.pass(Duration.ofMinutes(1));
        cluster.node(D1).start();
        cluster.node(D2).start();
        cluster.assign(D2, D1);
        cluster.pass(Duration.ofSeconds(2));
        assertHeldUnconfirmed(cluster, D2, west(3, 500));
    }

    @Test
    void restartAfterHoursKeepsWhatIsThePeersAlthoughOwnContentIsTooOld() {
        ReplicaCluster cluster = settled(D1);
        cluster.register(D1, S1, 1, "a:1");
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.pass(Duration.ofHours(3));
        cluster.node(D1).start();
        cluster.assign(D1);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        assertHeldUnconfirmed(cluster, D1, west(3, 500));
    }

    @Test
    void newerContentAtAFollowerIsTakenInAndOlderIsNot() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).install(west(3, 500));
        cluster.pass(Duration.ofSeconds(1));
        cluster.network.cut("d1", "d2");
        cluster.node(D1).install(west(2, 600));
        cluster.pass(Duration.ofSeconds(1));
        cluster.assignTelling(List.of(D2), D2, D1);
        cluster.pass(Duration.ofSeconds(5));
        assertThat(cluster.node(D2).held(WEST)).isEqualTo(new DatumVersion(500));
        cluster.network.heal();
        cluster.tellAll();
        cluster.passWith(Duration.ofSeconds(20), S1);
        assertHeldUnconfirmed(cluster, D2, west(2, 600));
        assertThat(cluster.node(D2).held(WEST)).isEqualTo(new DatumVersion(600));
    }

    @Test
    void ageOutlivesAChangeOfLeaderAndARestart() {
        ReplicaCluster cluster = settled(D1, D2);
        Datum datum = west(3, 500);
        cluster.node(D1).install(datum);
        cluster.pass(Duration.ofMinutes(20));
        cluster.node(D1).confirmed(datum);
        long confirmed = cluster.fetch(D1, WEST).word().confirmedMillis();
        assertThat(confirmed).isPositive();
        cluster.pass(Duration.ofSeconds(15));
        cluster.node(D1).crash();
        cluster.assign(D2);
        cluster.pass(Duration.ofMinutes(30));
        assertThat(cluster.fetch(D2, WEST).word().confirmedMillis()).isEqualTo(confirmed);

        cluster.node(D2).crash();
        cluster.node(D2).start();
        cluster.assign(D2);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(cluster.fetch(D2, WEST).word().confirmedMillis()).isEqualTo(confirmed);
    }
}
