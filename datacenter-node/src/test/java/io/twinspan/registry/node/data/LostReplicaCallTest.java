package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static io.twinspan.registry.node.data.ReplicaCluster.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.slot.LeaderEpoch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call between two replicas is lost, which its sender learns only when the time of the call is over. */
class LostReplicaCallTest {
    private final ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);

    @Test
    void theNewLeaderDoesNotGiveUpTheOneBeforeItThatLives() {
        settle();
        // Nobody lists that session, so no list of its own puts right what the new leader confirms.
        Publisher left = cluster.register(D1, new SessionIncarnation(new NodeId("s0"), 1), 1, "a:1");
        cluster.pass(Duration.ofSeconds(1));
        cutOff();
        RegistrationOrder later = new RegistrationOrder(2, left.order().stamp().nextTick());
        cluster.change(D1, S1, SERVICE, new DatumChange.Unregister(left.id(), later, new Owner(S1, 1), true));
        assertThat(cluster.shown(D1)).isEmpty();
        cluster.assign(D2, D1);
        cluster.pass(Duration.ofMillis(300));
        cluster.network.heal();

        for (int i = 0; i < 20; i++) {
            cluster.passWith(Duration.ofMillis(250), S1, S2);
            if (cluster.fetch(D2).isConfirmed()) {
                assertThat(cluster.shown(D2)).isEmpty();
            }
        }
        assertThat(cluster.node(D2).isSettled()).isTrue();
    }

    @Test
    void theFollowerGoesOnHearingOfItsLeader() {
        settle();
        cutOff();
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofMillis(300));
        cluster.network.heal();
        cluster.pass(Duration.ofMillis(2850));

        LeaderEpoch term = LeaderEpoch.NONE.next();
        LeadByRank asked = new LeadByRank(
                cluster.table().epoch().incarnation(), List.of(new LeadByRank.Ranked(ReplicaCluster.SLOT, term)));
        assertThat(cluster.node(D2).ask(asked).led()).isEmpty();
    }

    private void settle() {
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        assertThat(cluster.node(D1).isSettled()).isTrue();
    }

    private void cutOff() {
        cluster.network.cut(D1.value(), D2.value());
        cluster.network.cut(D2.value(), D1.value());
    }
}
