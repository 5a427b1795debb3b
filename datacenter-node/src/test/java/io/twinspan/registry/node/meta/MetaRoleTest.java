package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaRoleTest {
    private static final Member S1 = MetaFixture.session("s1");
    private static final Member D1 = MetaFixture.data("d1");

    private final MetaFixture meta = new MetaFixture();

    @Test
    void firstLeaderCreatesTheIncarnation() {
        assertThat(meta.role.state().incarnation()).isNotEqualTo(Incarnation.NONE);
        assertThat(meta.role.isReady()).isTrue();
        assertThat(meta.role.isHealthy()).isTrue();
    }

    @Test
    void firstRenewalJoinsAndIsAnsweredWithWhatItChanged() {
        LeaseGrant grant = meta.renew(D1);
        ClusterState cluster = meta.answer(new FetchCluster());
        assertThat(grant.isGranted()).isTrue();
        assertThat(grant.table()).isEqualTo(cluster.table().epoch());
        assertThat(grant.membersRevision()).isEqualTo(cluster.membersRevision());
        assertThat(cluster.datacenter()).isEqualTo(MetaFixture.EAST);
        assertThat(cluster.members()).containsExactly(D1);
        assertThat(cluster.table().ledBy(D1.node())).hasSize(SlotId.COUNT);
    }

    @Test
    void renewalOfAKnownMemberIsNoCommand() {
        meta.renew(S1);
        int before = meta.log.length();
        meta.pass(Duration.ofSeconds(60), S1);
        assertThat(meta.log.length()).isEqualTo(before);
        assertThat(meta.answer(new FetchCluster()).members()).containsExactly(S1);
    }

    @Test
    void sessionThatFallsSilentLeavesWithItsLease() {
        meta.renew(S1);
        meta.renew(D1);
        meta.pass(Duration.ofSeconds(9), D1);
        assertThat(meta.answer(new FetchCluster()).find(S1.node(), NodeRole.SESSION))
                .isPresent();
        meta.pass(Duration.ofSeconds(2), D1);
        assertThat(meta.answer(new FetchCluster()).find(S1.node(), NodeRole.SESSION))
                .isEmpty();
        assertThat(meta.answer(new FetchCluster()).find(D1.node(), NodeRole.DATA))
                .isPresent();
    }

    @Test
    void withoutFollowersADataNodeKeepsItsSlotsForItsAbsenceAndNoLonger() {
        MetaFixture lone = new MetaFixture(
                new InMemoryCommandLog(),
                MetaSettings.standard().withSlots(SlotLimits.standard().with(Duration.ofSeconds(2), 1)));
        Member other = MetaFixture.data("d2");
        lone.renew(D1);
        lone.renew(other);
        ClusterState both = lone.answer(new FetchCluster());
        lone.pass(Duration.ofSeconds(50), other);
        Member restarted = MetaFixture.member("d1", NodeRole.DATA, NodePort.DATA_FOR_SESSION, 2);
        lone.renew(restarted);
        assertThat(lone.answer(new FetchCluster()).table().ledBy(D1.node()))
                .isEqualTo(both.table().ledBy(D1.node()));
        lone.pass(Duration.ofSeconds(61), other);
        assertThat(lone.answer(new FetchCluster()).table().ledBy(other.node())).hasSize(SlotId.COUNT);
    }

    @Test
    void pauseOfTheLeaderCostsNobodyTheLease() {
        meta.renew(S1);
        meta.loop.clock().stall(Duration.ofSeconds(30));
        meta.pass(Duration.ofSeconds(9));
        assertThat(meta.answer(new FetchCluster()).members()).containsExactly(S1);
        meta.pass(Duration.ofSeconds(2));
        assertThat(meta.answer(new FetchCluster()).members()).isEmpty();
    }

    @Test
    void newLeaderGrantsAFullLease() {
        meta.renew(S1);
        meta.pass(Duration.ofSeconds(9));
        meta.log.lead(false);
        meta.loop.runDue();
        meta.pass(Duration.ofSeconds(30));
        meta.log.lead(true);
        meta.pass(Duration.ofSeconds(9));
        assertThat(meta.answer(new FetchCluster()).members()).containsExactly(S1);
    }

    @Test
    void followerRefusesLeasesAndGoesOnAnsweringReads() {
        meta.renew(S1);
        meta.log.lead(false);
        meta.loop.runDue();
        assertThat(meta.renew(S1).isGranted()).isFalse();
        assertThat(meta.renew(S1).refusal()).contains("does not lead");
        assertThat(meta.answer(new FetchCluster()).members()).containsExactly(S1);
        assertThatThrownBy(() -> meta.role
                        .provided()
                        .put(DataInfoId.of("x"), 1, "y")
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("does not lead");
    }

    @Test
    void memberOfAnotherDatacenterIsRefusedByName() {
        Member stranger = new Member(S1.node(), new DatacenterId("west"), NodeRole.SESSION, Map.of(), 1);
        LeaseGrant grant = meta.renew(stranger);
        assertThat(grant.isGranted()).isFalse();
        assertThat(grant.refusal()).contains("west").contains("east");
        assertThat(meta.answer(new FetchCluster()).members()).isEmpty();
    }

    @Test
    void earlierProcessOfAMemberIsRefused() {
        meta.renew(MetaFixture.member("s1", NodeRole.SESSION, NodePort.SESSION_CLIENT, 2));
        LeaseGrant grant = meta.renew(S1);
        assertThat(grant.isGranted()).isFalse();
        assertThat(grant.refusal()).contains("later process");
    }

    @Test
    void healthForgivesAnElectionAndNoMore() {
        meta.pass(Duration.ofSeconds(1));
        meta.log.lead(false);
        meta.pass(Duration.ofSeconds(4));
        assertThat(meta.role.isHealthy()).isTrue();
        assertThat(meta.role.isReady()).isFalse();
        meta.pass(Duration.ofSeconds(2));
        assertThat(meta.role.isHealthy()).isFalse();
    }

    @Test
    void nodeThatNeverSawALeaderIsNotHealthy() {
        MetaFixture waiting = new MetaFixture(new InMemoryCommandLog(new InMemoryCommandLog.Disk(), false));
        assertThat(waiting.role.isHealthy()).isFalse();
        assertThat(waiting.role.isReady()).isFalse();
    }

    @Test
    void stateSurvivesARestart() {
        InMemoryCommandLog.Disk disk = new InMemoryCommandLog.Disk();
        MetaFixture before = new MetaFixture(new InMemoryCommandLog(disk, true));
        before.renew(D1);
        before.role.provided().put(DataInfoId.of("rule"), 5, "x");
        before.role.close();
        MetaFixture after = new MetaFixture(new InMemoryCommandLog(disk, true));
        assertThat(after.role.state()).isEqualTo(before.role.state());
        assertThat(after.renew(D1).table())
                .isEqualTo(before.role.state().table().epoch());
        assertThat(after.answer(new FetchProvided(0)).values())
                .extracting(ProvidedValue::data)
                .containsExactly("x");
    }
}
