package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.ReplicaUpdate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A follower has to lead before its leader has brought it everything, and that leader is stalled together with a session. */
class UnfinishedFollowerTest {
    @Test
    void oneThatHasNothingYetSaysNothingUntilTheStalledLeaderIsBack() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).process().pause();
        cluster.assign(D2, D1);
        cluster.tellSessions(S1);

        for (int i = 0; i < 45; i++) {
            cluster.passWith(Duration.ofSeconds(1), S1);
            assertThat(cluster.fetch(D2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        }
        cluster.node(D1).process().resume();
        cluster.tellSessions(S1, S2);
        cluster.passWith(Duration.ofSeconds(5), S1, S2);

        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
    }

    @Test
    void oneThatHasOnlyWhatWasOnItsDiskConfirmsNothingUntilTheStalledLeaderIsBack() {
        ReplicaCluster cluster = settled();
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D2).crash();
        cluster.register(D1, S2, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D2).start();
        cluster.tell(D2);
        stallOnceItHasCompared(cluster);
        cluster.assign(D2, D1);
        cluster.tellSessions(S1);

        for (int i = 0; i < 45; i++) {
            cluster.passWith(Duration.ofSeconds(1), S1);
            assertThat(cluster.fetch(D2).isConfirmed()).isFalse();
        }
        cluster.node(D1).process().resume();
        cluster.tellSessions(S1, S2);
        cluster.passWith(Duration.ofSeconds(5), S1, S2);

        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1", "a:2");
    }

    @Test
    void oneThatIsLeftAloneSettlesAtTheLatestTime() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(61), S1, S2);

        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1");
    }

    @Test
    void oneThatIsLeftAloneSettlesWhenTheOtherIsNoReplicaAnyMore() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(20), S1, S2);
        assertThat(cluster.fetch(D2).isConfirmed()).isFalse();
        cluster.assign(D2);
        cluster.passWith(Duration.ofSeconds(1), S1, S2);

        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:1");
    }

    @Test
    void oneThatWasStalledItselfConfirmsNothingOfALeaderThatHasGoneOnWithoutIt() {
        ReplicaCluster cluster = settled();
        Publisher goes = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D2).process().pause();
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        cluster.remove(D1, S1, goes);
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.node(D2).process().resume();

        assertTheFollowerAwaitsTheDeadLeader(cluster);
        assertThat(cluster.shown(D2)).containsExactly("a:2");
    }

    @Test
    void oneThatWasStalledAndHasHeardItsLeaderSinceTakesOverWithinSeconds() {
        ReplicaCluster cluster = settled();
        Publisher goes = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.node(D2).process().pause();
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        cluster.remove(D1, S1, goes);
        cluster.node(D2).process().resume();
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(5), S1, S2);

        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
        assertThat(cluster.shown(D2)).containsExactly("a:2");
    }

    @ParameterizedTest
    @CsvSource({"d1, d2", "d2, d1"})
    void oneThatWasCutOffConfirmsNothingOfALeaderThatHasGoneOnWithoutIt(String from, String to) {
        ReplicaCluster cluster = settled();
        Publisher goes = cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "a:2");
        cluster.pass(Duration.ofSeconds(1));
        cluster.network.cut(from, to);
        cluster.passWith(Duration.ofSeconds(10), S1, S2);
        cluster.remove(D1, S1, goes);
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.network.heal();

        assertTheFollowerAwaitsTheDeadLeader(cluster);
        assertThat(cluster.shown(D2)).containsExactly("a:2");
    }

    @Test
    void oneThatStartsSlowlyWasNotAwayAndGivesUpAReplicaThatIsDead() {
        ReplicaCluster cluster = settled();
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).crash();
        cluster.node(D2).crash();
        cluster.node(D1).start(Duration.ofSeconds(5));
        cluster.tell(D1);
        cluster.passWith(Duration.ofSeconds(30), S1, S2);

        assertThat(cluster.fetch(D1).isConfirmed()).isTrue();
        assertThat(cluster.shown(D1)).containsExactly("a:1");
    }

    private static ReplicaCluster settled() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        return cluster;
    }

    /** It leads now, and confirms nothing until the one that died is back on its disk. */
    private static void assertTheFollowerAwaitsTheDeadLeader(ReplicaCluster cluster) {
        cluster.assign(D2, D1);
        cluster.tellSessions(S2);
        for (int i = 0; i < 8; i++) {
            cluster.passWith(Duration.ofSeconds(1), S2);
            assertThat(cluster.fetch(D2).isConfirmed()).isFalse();
        }
        cluster.node(D1).start();
        cluster.tellSessions(S1, S2);
        cluster.passWith(Duration.ofSeconds(20), S1, S2);
        assertThat(cluster.fetch(D2).isConfirmed()).isTrue();
    }

    private static void stallOnceItHasCompared(ReplicaCluster cluster) {
        cluster.updates.clear();
        while (cluster.updates.stream().noneMatch(ReplicaUpdate.Compare.class::isInstance)) {
            cluster.pass(Duration.ofMillis(1));
        }
        cluster.node(D1).process().pause();
        cluster.pass(Duration.ofMillis(100));
    }
}
