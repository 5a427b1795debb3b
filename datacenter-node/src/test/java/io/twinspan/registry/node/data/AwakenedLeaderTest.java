package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.ReplicaCluster.D1;
import static io.twinspan.registry.node.data.ReplicaCluster.D2;
import static io.twinspan.registry.node.data.ReplicaCluster.S1;
import static io.twinspan.registry.node.data.ReplicaCluster.S2;
import static io.twinspan.registry.node.data.ReplicaCluster.SERVICE;
import static io.twinspan.registry.node.data.ReplicaCluster.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.SyncPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader was stalled for longer than it takes to name another, and is asked for changes before it has heard of that. */
class AwakenedLeaderTest {
    private final ReplicaCluster cluster = new ReplicaCluster(1, D1, D2);

    @BeforeEach
    void stallTheLeader() {
        cluster.assign(D1, D2);
        cluster.passWith(Duration.ofSeconds(17), S1, S2);
        cluster.register(D1, S1, 1, "a:1");
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).process().pause();
    }

    @Test
    void itPutsNothingNewOverWhatItsSuccessorHasShown() {
        cluster.network.cut("d2", "d1");
        cluster.passWith(Duration.ofSeconds(4), S1, S2);
        cluster.assignTelling(List.of(D2), D2, D1);
        cluster.register(D2, S1, 2, "a:2");
        cluster.passWith(Duration.ofSeconds(5), S1, S2);
        DatumAnswer shown = cluster.fetch(D2);

        cluster.node(D2).crash();
        cluster.node(D1).process().resume();
        cluster.register(D1, S2, 3, "a:3");
        cluster.assign(D1, D2);

        assertThat(shown.isConfirmed()).isTrue();
        assertThat(cluster.fetch(D1).isConfirmed()).isFalse();
        assertThat(cluster.fetch(D1).version().isAfter(shown.version())).isFalse();
    }

    @Test
    void itTakesNoChangesUntilASuccessorWouldHaveSpoken() {
        cluster.pass(Duration.ofSeconds(4));
        cluster.node(D1).process().resume();

        assertThat(register()).isEqualTo(ChangeResult.NOT_LEADER);
        assertThat(sync().results()).containsExactly(ChangeResult.NOT_LEADER);
        assertThat(cluster.shown(D1)).containsExactly("a:1");
        cluster.pass(cluster.settings.replication().promotion());
        assertThat(register().isLeader()).isTrue();
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:3");
    }

    @Test
    void itTakesThemAtOnceWhenItWasTooShortForASuccessor() {
        cluster.pass(Duration.ofSeconds(1));
        cluster.node(D1).process().resume();

        assertThat(register().isLeader()).isTrue();
        assertThat(cluster.shown(D1)).containsExactly("a:1", "a:3");
    }

    private ChangeResult register() {
        return cluster.change(D1, S2, SERVICE, new DatumChange.Register(cluster.publisher(S2, 3, "a:3")));
    }

    private ChangesApplied sync() {
        SyncPublishers.Entry entry = new SyncPublishers.Entry(SERVICE, cluster.publisher(S2, 3, "a:3"));
        return cluster.node(D1).ask(new SyncPublishers(S2, SLOT, List.of(entry)));
    }
}
