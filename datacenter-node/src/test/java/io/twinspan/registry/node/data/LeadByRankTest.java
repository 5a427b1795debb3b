package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.D3;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static io.twinspan.registry.node.data.ReplicaCluster.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.slot.LeaderEpoch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without meta, a replica leads when sessions ask it to and it hears nothing of the leader either. */
class LeadByRankTest {
    private static final LeaderEpoch TERM = LeaderEpoch.NONE.next();

    private static ReplicaCluster settled(NodeId... nodes) {
        ReplicaCluster cluster = new ReplicaCluster(1, nodes);
        cluster.assign(nodes);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(nodes[0], S1, 1, "a:1");
        cluster.pass(Duration.ofSeconds(1));
        return cluster;
    }

    private static List<LeadByRank.Ranked> ask(ReplicaCluster cluster, NodeId node, LeaderEpoch epoch) {
        return cluster.node(node)
                .ask(new LeadByRank(cluster.table().epoch().incarnation(), List.of(new LeadByRank.Ranked(SLOT, epoch))))
                .led();
    }

    @Test
    void replicaThatHearsOfItsLeaderRefusesHoweverIdleTheSlotIs() {
        ReplicaCluster cluster = settled(D1, D2);
        for (int i = 0; i < 20; i++) {
            cluster.pass(Duration.ofSeconds(1));
            assertThat(ask(cluster, D2, TERM)).isEmpty();
        }
    }

    @Test
    void replicaOfASilentLeaderLeadsUnderItsRankWithEverything() {
        ReplicaCluster cluster = settled(D1, D2, D3);
        DatumVersion before = cluster.fetch(D1).version();
        cluster.node(D1).crash();
        cluster.pass(Duration.ofSeconds(2));
        assertThat(ask(cluster, D2, TERM)).isEmpty();
        cluster.pass(Duration.ofSeconds(2));
        assertThat(ask(cluster, D2, TERM.next())).isEmpty();
        assertThat(ask(cluster, D2, TERM)).containsExactly(new LeadByRank.Ranked(SLOT, TERM.atRank(1)));
        assertThat(cluster.fetch(D2).version()).isEqualTo(before);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.fetch(D2).version()).isEqualTo(before);
        // The next in rank hears of that leader now, and whoever asks again is told the same.
        assertThat(ask(cluster, D3, TERM)).isEmpty();
        assertThat(ask(cluster, D2, TERM)).containsExactly(new LeadByRank.Ranked(SLOT, TERM.atRank(1)));
    }

    @Test
    void replicaThatStoodStillItselfRefuses() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D2).process().pause();
        cluster.pass(Duration.ofSeconds(30));
        cluster.node(D1).process().pause();
        cluster.node(D2).process().resume();
        assertThat(ask(cluster, D2, TERM)).isEmpty();
        cluster.pass(Duration.ofSeconds(4));
        assertThat(ask(cluster, D2, TERM)).hasSize(1);
    }

    @Test
    void leadersOfBothSidesOfAPartitionMergeWhatTheyTook() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.network.cut("d1", "d2");
        cluster.network.cut("d2", "d1");
        cluster.pass(Duration.ofSeconds(4));
        assertThat(ask(cluster, D2, TERM)).hasSize(1);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        cluster.register(D1, S1, 2, "left:2");
        cluster.register(D2, S2, 3, "right:3");
        DatumVersion left = cluster.fetch(D1).version();
        DatumVersion right = cluster.fetch(D2).version();
        assertThat(left).isNotEqualTo(right);

        cluster.network.heal();
        cluster.pass(Duration.ofSeconds(4));

        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        assertThat(cluster.shown(D2)).containsExactly("a:1", "left:2", "right:3");
        assertThat(cluster.fetch(D2).version().isAfter(left)).isTrue();
        assertThat(cluster.fetch(D2).version().isAfter(right)).isTrue();
        assertThat(cluster.node(D2).report().epoch()).isEqualTo(TERM.atRank(1));
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.shown(D2)).containsExactly("a:1", "left:2", "right:3");
    }

    @Test
    void leadershipByRankIsNotForgottenWhenItsNodeRestarts() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).crash();
        cluster.pass(Duration.ofSeconds(4));
        assertThat(ask(cluster, D2, TERM)).hasSize(1);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        cluster.node(D2).crash();
        // Nobody tells it: who led after it is dead as well.
        cluster.node(D1).start();
        cluster.tell(D1);
        cluster.passWith(Duration.ofSeconds(1), S1, S2);
        cluster.node(D2).start();
        cluster.tell(D2);
        // By itself, before anybody finds out that the other leads no more; and though it hears of that one.
        assertThat(cluster.node(D2).report().epoch()).isEqualTo(TERM.atRank(1));
        cluster.passWith(Duration.ofSeconds(3), S1, S2);

        assertThat(cluster.fetch(D1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        assertThat(ask(cluster, D2, TERM)).containsExactly(new LeadByRank.Ranked(SLOT, TERM.atRank(1)));
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.shown(D2)).containsExactly("a:1");
    }

    @Test
    void newTableThatAdoptsTheLeaderByRankChangesNothingForAnybody() {
        ReplicaCluster cluster = settled(D1, D2);
        cluster.node(D1).crash();
        cluster.pass(Duration.ofSeconds(4));
        ask(cluster, D2, TERM);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        DatumVersion before = cluster.fetch(D2).version();
        cluster.assign(D2, D1);
        assertThat(cluster.fetch(D2).version()).isEqualTo(before);
        cluster.passWith(Duration.ofSeconds(3), S1, S2);
        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.fetch(D2).version()).isEqualTo(before);
        assertThat(cluster.node(D2).report().epoch()).isEqualTo(TERM.next());
    }
}
