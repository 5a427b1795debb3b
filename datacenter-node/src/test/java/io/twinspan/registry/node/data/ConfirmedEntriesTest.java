package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator has confirmed stays listed whoever leads the slot, until its client comes back or an operator lets it go. */
class ConfirmedEntriesTest {
    private static final Duration LEASE_OVER = Duration.ofSeconds(32);
    private static final Duration LONG = Duration.ofMinutes(3);

    private final ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);

    @BeforeEach
    void threeOfFiveAreHeldAndConfirmed() {
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        for (int i = 0; i < 5; i++) {
            cluster.register(D1, i < 3 ? S1 : S2, i, "a:" + i);
        }
        cluster.tellSessions(S2);
        cluster.passWith(LEASE_OVER, S2);
        DatumVersion before = cluster.fetch(D1).version();
        assertThat(confirm(D1)).isEqualTo(new QuarantineChange(1, 3));
        assertThat(cluster.fetch(D1).version())
                .as("nobody is shown anything else")
                .isEqualTo(before);
        cluster.pass(Duration.ofMillis(100));
    }

    @Test
    void theyStayWithTheFollowerThatTakesTheSlotOverThoughTheyAreFewOfTheServiceByThen() {
        registerThreeMore(D1);
        cluster.node(D1).crash();
        takeOver();

        assertThat(cluster.shown(D2)).hasSize(8);
        assertThat(held(D2)).singleElement().satisfies(report -> {
            assertThat(report.held()).isEqualTo(3);
            assertThat(report.untilMillis()).isZero();
        });
    }

    @Test
    void theyStayOverARestartOfEveryNode() {
        registerThreeMore(D1);
        cluster.passWith(Duration.ofSeconds(1), S2);
        cluster.node(D1).crash();
        cluster.node(D2).crash();
        cluster.node(D1).start();
        cluster.node(D2).start();
        cluster.assign(D1, D2);
        cluster.tellSessions(S2);
        cluster.passWith(LONG, S2);

        assertThat(cluster.shown(D1)).hasSize(8);
        assertThat(held(D1)).extracting(QuarantineReport::held).containsExactly(3);
    }

    @Test
    void oneWhoseClientHasComeBackIsItsSessionsAgainWithEveryLeader() {
        registerThreeMore(D1);
        cluster.tellSessions(S1, S2);
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        assertThat(held(D1)).isEmpty();

        cluster.node(D1).crash();
        takeOver();
        assertThat(held(D2)).isEmpty();
        assertThat(cluster.shown(D2)).as("S1 has gone, with less than half").hasSize(5);
    }

    @Test
    void oneThatAnOperatorHasLetGoDoesNotComeBackWithTheNextLeader() {
        assertThat(release(D1)).isEqualTo(new QuarantineChange(1, 3));
        cluster.pass(Duration.ofMillis(100));
        cluster.node(D1).crash();
        takeOver();
        assertThat(cluster.shown(D2)).containsExactly("a:3", "a:4");
    }

    private void registerThreeMore(NodeId leader) {
        for (int i = 5; i < 8; i++) {
            cluster.register(leader, S2, i, "a:" + i);
        }
        cluster.pass(Duration.ofMillis(100));
    }

    private void takeOver() {
        cluster.assign(D2, D1);
        cluster.tellSessions(S2);
        cluster.passWith(LONG, S2);
    }

    private QuarantineChange confirm(NodeId node) {
        return cluster.node(node).ask(role -> role.confirmQuarantined(QuarantineChoice.ALL));
    }

    private QuarantineChange release(NodeId node) {
        return cluster.node(node).ask(role -> role.releaseQuarantined(QuarantineChoice.ALL));
    }

    private List<QuarantineReport> held(NodeId node) {
        return new ArrayList<>(cluster.node(node).ask(DataRole::quarantined));
    }
}
