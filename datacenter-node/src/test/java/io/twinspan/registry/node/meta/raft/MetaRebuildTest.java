package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.node.meta.raft.RaftBench.Meta;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The majority of the metas is lost, and an operator makes a new group of what is left. */
class MetaRebuildTest {
    private static final Member DATA = new Member(
            new NodeId("d1"),
            RaftBench.EAST,
            NodeRole.DATA,
            Map.of(NodePort.DATA_FOR_SESSION, new Endpoint("127.0.0.1", 9620)),
            1);

    @TempDir
    Path folder = Path.of("");

    private @org.jspecify.annotations.Nullable RaftBench opened;

    private RaftBench bench() {
        RaftBench bench = new RaftBench(folder);
        opened = bench;
        return bench;
    }

    @AfterEach
    void nothingBroke() {
        if (opened != null) {
            opened.close();
            assertThat(opened.faults()).isEmpty();
        }
    }

    @Test
    void survivorGoesOnAloneAndTheOthersStepAsideWhenTheyComeBack() throws Exception {
        RaftBench bench = bench();
        List<Meta> metas = bench.startGroup(3);
        List<Endpoint> group = metas.stream().map(Meta::raft).toList();
        granted(bench.leader());
        assertThat(bench.leader().put("7", "x").getStatus()).isEqualTo(200);
        assertThat(bench.leader().rebuild("majority-lost").getStatus())
                .as("not while there is a leader")
                .isEqualTo(409);
        Meta kept = bench.follower();
        soon().untilAsserted(() ->
                assertThat(kept.askItself(new FetchProvided(0)).values()).hasSize(1));
        ClusterState before = kept.askItself(new FetchCluster());
        List<Endpoint> lost =
                group.stream().filter(raft -> !raft.equals(kept.raft())).toList();
        metas.stream().filter(meta -> lost.contains(meta.raft())).forEach(bench::stop);
        soon().until(() -> kept.status().leader().isEmpty());
        assertThatThrownBy(() -> kept.rebuild("yes")).hasMessageContaining("confirm=majority-lost");

        assertThat(kept.rebuild("majority-lost").getStatus()).isEqualTo(200);
        soon().until(() -> kept.status().isLeader()
                && kept.askItself(new FetchCluster())
                        .table()
                        .epoch()
                        .isAfter(before.table().epoch()));
        LeaseGrant grant = granted(kept);
        assertThat(grant.isMandated()).isTrue();
        ClusterState after = kept.askItself(new FetchCluster());
        assertThat(after.members()).isEqualTo(before.members());
        assertThat(after.table().epoch().incarnation())
                .isGreaterThan(before.table().epoch().incarnation());
        assertThat(after.table().slots().get(0).epoch())
                .isGreaterThan(before.table().slots().get(0).epoch());
        assertThat(kept.put("8", "y").getStatus()).isEqualTo(200);

        lost.forEach(raft -> bench.start(raft, group));
        for (Endpoint raft : lost) {
            Meta back = bench.anyOf(meta -> meta.raft().equals(raft));
            soon().untilAsserted(() -> {
                assertThat(back.get("/health/check").getContentAsString()).contains("raftStatus:NotMember");
                assertThat(back.log().groupName()).isEqualTo(kept.log().groupName());
            });
            assertThat(granted(back).table())
                    .as("sent on to the rebuilt group")
                    .isEqualTo(after.table().epoch());
        }
        assertThat(kept.status().isLeader()).isTrue();
        assertThat(kept.status().members()).containsExactly(kept.raft());

        assertThat(kept.changePeer(group).getStatus()).isEqualTo(200);
        for (Endpoint raft : lost) {
            Meta back = bench.anyOf(meta -> meta.raft().equals(raft));
            soon().untilAsserted(() -> {
                assertThat(back.get("/health/check").getContentAsString()).contains("raftStatus:Follower");
                assertThat(back.askItself(new FetchProvided(0)).values())
                        .extracting(ProvidedValue::data)
                        .containsExactly("y");
                assertThat(back.askItself(new FetchCluster()).table())
                        .isEqualTo(kept.askItself(new FetchCluster()).table());
            });
        }
        bench.stop(kept);
        Meta again = bench.start(kept.raft(), group);
        soon().untilAsserted(() ->
                assertThat(again.askItself(new FetchProvided(0)).values()).hasSize(1));
        assertThat(again.log().groupName()).contains("twinspan-meta-");
        assertThat(bench.leader().put("9", "z").getStatus()).isEqualTo(200);
    }

    @Test
    void rebuiltMemberThatIsKilledAtOnceComesBackAsTheRebuiltGroup() throws Exception {
        RaftBench bench = bench();
        Endpoint self = RaftBench.freeEndpoint();
        List<Endpoint> group = List.of(self, RaftBench.freeEndpoint(), RaftBench.freeEndpoint());
        Meta lone = bench.start(self, group);
        assertThat(lone.rebuild("majority-lost").getStatus())
                .as("a new member without a past")
                .isEqualTo(200);
        bench.stop(lone);
        Meta again = bench.start(self, group);
        soon().until(() -> again.status().isLeader() && again.role().isReady());
        assertThat(granted(again).isMandated()).isTrue();
        assertThat(again.status().members()).containsExactly(self);
    }

    private static LeaseGrant granted(Meta meta) {
        return await("a lease")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> meta.ask(new RenewLease(DATA, List.of())), LeaseGrant::isGranted);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
