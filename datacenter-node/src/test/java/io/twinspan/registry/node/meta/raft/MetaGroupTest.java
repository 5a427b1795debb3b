package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletResponse;

/** The meta role with several members on the real log. */
class MetaGroupTest {
    private static final Member DATA = member("d1", NodeRole.DATA, NodePort.DATA_FOR_SESSION);
    private static final Member SESSION = member("s1", NodeRole.SESSION, NodePort.SESSION_CLIENT);

    /** Several election timeouts, long enough for a node that wanted to be elected to have tried. */
    private static final Duration ELECTIONS = Duration.ofSeconds(4);

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
    void requestsOnAnyMemberReachTheLeader() throws Exception {
        RaftBench bench = bench();
        List<Meta> metas = bench.startGroup(3);
        int version = 1;
        for (Meta meta : metas) {
            LeaseGrant grant = granted(meta, DATA);
            ClusterState seen = meta.ask(new FetchCluster());
            assertThat(seen.members()).containsExactly(DATA);
            assertThat(seen.membersRevision()).isEqualTo(grant.membersRevision());
            MockHttpServletResponse stored = meta.put(String.valueOf(version), "x" + version);
            assertThat(stored.getStatus()).isEqualTo(200);
            assertThat(stored.getContentAsString()).contains("\"success\":true").contains("\"datacenters\":[\"east\"]");
            for (Meta reader : metas) {
                assertThat(reader.ask(new FetchProvided(0)).values())
                        .extracting(ProvidedValue::data)
                        .containsExactly("x" + version);
            }
            version++;
        }
        Meta follower = bench.follower();
        MockHttpServletResponse refused = follower.put("1", "old");
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("version 1").contains("stored version 3");
        assertThat(follower.put("one", "bad").getStatus()).isEqualTo(400);
    }

    @Test
    void lossOfTheLeaderCostsNobodyItsMembership() throws Exception {
        RaftBench bench = bench();
        bench.startGroup(3);
        Meta lost = bench.leader();
        granted(lost, DATA);
        granted(lost, SESSION);
        ClusterState before = lost.ask(new FetchCluster());
        bench.stop(lost);
        Meta next = await("a new leader")
                .atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(10))
                .until(bench::leader, found -> !found.raft().equals(lost.raft()));
        soon().untilAsserted(() -> assertThat(next.ask(new FetchCluster())).isEqualTo(before));
        for (Meta meta : List.of(next, bench.follower())) {
            LeaseGrant grant = granted(meta, DATA);
            assertThat(grant.membersRevision()).isEqualTo(before.membersRevision());
            assertThat(granted(meta, SESSION).membersRevision()).isEqualTo(before.membersRevision());
        }
    }

    @Test
    void lossOfQuorumFreezesChangesAndNothingElse() throws Exception {
        RaftBench bench = bench();
        List<Meta> metas = bench.startGroup(3);
        List<Endpoint> group = metas.stream().map(Meta::raft).toList();
        granted(bench.leader(), DATA);
        granted(bench.leader(), SESSION);
        assertThat(bench.leader().put("7", "x").getStatus()).isEqualTo(200);
        ClusterState before = bench.leader().ask(new FetchCluster());
        Meta kept = bench.follower();
        soon().untilAsserted(() -> {
            assertThat(kept.askItself(new FetchProvided(0)).values()).hasSize(1);
            assertThat(kept.askItself(new FetchCluster())).isEqualTo(before);
        });
        stopAllBut(bench, metas, kept);
        soon().until(() -> kept.status().leader().isEmpty());
        await("longer than every lease")
                .during(RaftBench.LEASE.plusMillis(500))
                .atMost(RaftBench.LEASE.plusSeconds(10))
                .untilAsserted(() -> {
                    assertThat(kept.ask(new FetchCluster())).isEqualTo(before);
                    assertThat(kept.ask(new FetchProvided(0)).values()).hasSize(1);
                });
        assertThat(kept.ask(new RenewLease(DATA, List.of())).isGranted()).isFalse();
        assertThat(kept.put("8", "y").getStatus()).isEqualTo(503);
        Endpoint back = group.stream()
                .filter(raft -> !raft.equals(kept.raft()))
                .findFirst()
                .orElseThrow();
        bench.start(back, group);
        Meta leader = bench.leader();
        soon().untilAsserted(() -> assertThat(leader.ask(new FetchCluster()))
                .as("full leases from the new leader")
                .isEqualTo(before));
        granted(kept, SESSION);
        await("the silent one goes, and not before a lease")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    granted(kept, SESSION);
                    return leader.ask(new FetchCluster()).members().equals(List.of(SESSION));
                });
    }

    @Test
    void nodeOutsideTheGroupIsUnhealthyUntilAddedAndHarmlessAfterItsRemoval() throws Exception {
        RaftBench bench = bench();
        List<Endpoint> three =
                bench.startGroup(3).stream().map(Meta::raft).sorted().toList();
        List<Endpoint> four = new ArrayList<>(three);
        four.add(RaftBench.freeEndpoint());
        Meta added = bench.start(four.get(3), four);
        soon().untilAsserted(() -> assertNotMember(added));
        staysQuiet(bench, added);

        MockHttpServletResponse done = follower(bench, added).changePeer(four);
        assertThat(done.getContentAsString()).isEqualTo("{\"success\":true,\"message\":null}");
        soon().untilAsserted(() -> {
            assertThat(added.get("/health/check").getStatus()).isEqualTo(200);
            assertThat(added.get("/health/check").getContentAsString()).contains("raftStatus:Follower");
            assertThat(peersOf(added)).containsExactlyInAnyOrderElementsOf(texts(four));
        });
        granted(added, DATA);

        assertThat(added.changePeer(three).getStatus())
                .as("asked of the one that goes")
                .isEqualTo(200);
        soon().untilAsserted(() -> assertNotMember(added));
        staysQuiet(bench, added);
        assertThat(peersOf(added)).containsExactlyInAnyOrderElementsOf(texts(three));
    }

    @Test
    void deadMemberIsRemovedAndTheLeaderMayRemoveItself() throws Exception {
        RaftBench bench = bench();
        bench.startGroup(3);
        Meta dead = bench.follower();
        bench.stop(dead);
        Meta leader = bench.leader();
        Meta other = bench.follower();
        List<Endpoint> two = List.of(leader.raft(), other.raft());
        assertThat(other.changePeer(two).getStatus()).isEqualTo(200);
        assertThat(peersOf(leader)).containsExactlyInAnyOrderElementsOf(texts(two));
        assertThat(leader.changePeer(List.of(other.raft())).getStatus()).isEqualTo(200);
        soon().until(() -> other.status().isLeader() && other.role().isReady());
        soon().untilAsserted(() -> assertNotMember(leader));
        granted(other, DATA);
    }

    @Test
    void memberThatCannotBeReachedIsNotAdded() throws Exception {
        RaftBench bench = bench();
        List<Endpoint> three = bench.startGroup(3).stream().map(Meta::raft).toList();
        List<Endpoint> wish = new ArrayList<>(three);
        wish.add(RaftBench.freeEndpoint());
        MockHttpServletResponse answer = bench.follower().changePeer(wish);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentAsString()).contains("\"success\":false").contains("stays as it is");
        assertThat(peersOf(bench.leader())).containsExactlyInAnyOrderElementsOf(texts(three));
        assertThat(bench.leader().put("1", "still").getStatus()).isEqualTo(200);
    }

    private static void stopAllBut(RaftBench bench, List<Meta> metas, Meta kept) {
        metas.stream().filter(meta -> !meta.raft().equals(kept.raft())).forEach(bench::stop);
    }

    private static Meta follower(RaftBench bench, Meta outsider) throws Exception {
        Meta found = bench.anyOf(
                meta -> !meta.raft().equals(outsider.raft()) && !meta.status().isLeader());
        assertThat(found.get("/health/check").getContentAsString()).contains("raftStatus:Follower");
        return found;
    }

    private static void staysQuiet(RaftBench bench, Meta outsider) {
        int before = bench.leaders.size();
        await("elections come and go")
                .during(ELECTIONS)
                .atMost(ELECTIONS.plusSeconds(10))
                .untilAsserted(() -> {
                    assertThat(bench.leaders).hasSize(before);
                    assertNotMember(outsider);
                });
    }

    private static void assertNotMember(Meta meta) throws Exception {
        MockHttpServletResponse health = meta.get("/health/check");
        assertThat(health.getStatus()).isEqualTo(500);
        assertThat(health.getContentAsString()).contains("\"success\":false").contains("raftStatus:NotMember");
    }

    private static List<String> peersOf(Meta meta) throws Exception {
        String list = meta.get("/manage/queryPeer").getContentAsString();
        return List.of(list.substring(1, list.length() - 1).replace("\"", "").split(","));
    }

    private static List<String> texts(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).toList();
    }

    private static LeaseGrant granted(Meta meta, Member member) {
        return await("a lease")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> meta.ask(new RenewLease(member, List.of())), LeaseGrant::isGranted);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private static Member member(String node, NodeRole role, NodePort port) {
        return new Member(
                new NodeId(node),
                RaftBench.EAST,
                role,
                Map.of(port, new Endpoint("127.0.0.1", port.defaultNumber())),
                1);
    }
}
