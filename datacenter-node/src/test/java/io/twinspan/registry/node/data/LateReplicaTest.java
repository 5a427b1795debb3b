package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.Publisher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A replica that is merged when the slot has long had another leader. */
final class LateReplicaTest {
    @Test
    void whatAClosedConnectionHadDoesNotComeBackWithAReplicaThatKnowsALaterRequestOfIt() {
        ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.register(D1, S1, 2, "b:1");
        cluster.passWith(Duration.ofSeconds(2), S1, S2);
        cluster.node(D1).crash();
        cluster.assign(D2, D1);
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        Publisher later = cluster.register(D2, S1, 1, "a:2");
        cluster.passWith(Duration.ofSeconds(1), S1, S2);
        cluster.node(D2).crash();
        cluster.node(D1).start();
        cluster.assign(D1, D2);
        cluster.pass(Duration.ofSeconds(1));
        cluster.remove(D1, S1, later);
        cluster.passWith(Duration.ofSeconds(40), S1, S2);
        assertThat(cluster.shown(D1)).containsExactly("b:1");

        cluster.node(D2).start();
        cluster.tell(D2);
        for (int i = 0; i < 50; i++) {
            cluster.pass(Duration.ofMillis(100));
            assertThat(cluster.shown(D1)).containsExactly("b:1");
        }
    }
}
