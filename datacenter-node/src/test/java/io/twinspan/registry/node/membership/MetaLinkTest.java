package io.twinspan.registry.node.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.policy.NodeClientsOff;
import io.twinspan.registry.node.policy.NodePolicies;
import io.twinspan.registry.node.policy.PolicyDisk;
import io.twinspan.registry.node.pushswitch.NodePushSwitch;
import io.twinspan.registry.node.pushswitch.PushSwitchDisk;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaLinkTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final Member SELF = new Member(new NodeId("s1"), EAST, NodeRole.SESSION, Map.of(), 1);
    private static final Endpoint FIRST = new Endpoint("m1", 9610);
    private static final Endpoint SECOND = new Endpoint("m2", 9610);
    private static final Incarnation LIFE = new Incarnation(1, 1);

    @TempDir
    private Path folder;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final FakeMetas metas = new FakeMetas(SELF);
    private final MetaLink link = new MetaLink(SELF, List.of(FIRST, SECOND), metas, loop, MetaLinkSettings.standard());
    private final List<ClusterState> states = new ArrayList<>();
    private final List<ProvidedChanges> provided = new ArrayList<>();

    private void start() {
        link.onChange(states::add);
        link.onProvided(provided::add);
        link.start();
        loop.runDue();
    }

    private static ClusterState cluster(Incarnation life, long revision, String... dataNodes) {
        SlotTable table = SlotTable.EMPTY;
        List<NodeId> nodes = new ArrayList<>();
        for (String node : dataNodes) {
            nodes.add(new NodeId(node));
            table = SlotTables.ledBy(table, life, nodes);
        }
        return new ClusterState(EAST, table, revision, List.of(SELF));
    }

    @Test
    void startRenewsAndFetchesAtOnce() {
        metas.cluster = cluster(LIFE, 3, "d1");
        start();
        assertThat(link.isGranted()).isTrue();
        assertThat(link.current()).isEqualTo(metas.cluster);
        assertThat(states).containsExactly(metas.cluster);
    }

    @Test
    void beforeMetaHasAnsweredNothingIsKnown() {
        assertThat(link.current()).isEqualTo(ClusterState.unknown(EAST));
        assertThat(link.isGranted()).isFalse();
    }

    @Test
    void renewsTwiceASecondAndFetchesOnlyWhatIsNew() {
        metas.cluster = cluster(LIFE, 3, "d1");
        start();
        metas.calls.clear();
        loop.advance(Duration.ofMillis(1_500));
        assertThat(metas.calls).containsExactly("RenewLease@m1", "RenewLease@m1", "RenewLease@m1");
        metas.cluster = cluster(LIFE, 4, "d1");
        loop.advance(Duration.ofMillis(500));
        assertThat(metas.calls).endsWith("RenewLease@m1", "FetchCluster@m1");
        assertThat(states).hasSize(2);
    }

    @Test
    void groupThatAnOperatorHasRebuiltIsFollowedAlsoWhenItsRevisionIsLower() {
        metas.cluster = cluster(LIFE, 9, "d1");
        start();
        metas.isMandated = true;
        metas.cluster = cluster(new Incarnation(2, 2), 1, "d1");
        loop.advance(Duration.ofSeconds(1));
        assertThat(link.current()).isEqualTo(metas.cluster);
    }

    @Test
    void youngerGroupThatNobodyVouchesForIsNotFollowedUntilAnOperatorSaysSo() {
        ClusterState known = cluster(LIFE, 9, "d1", "d2");
        metas.cluster = known;
        start();
        metas.cluster = cluster(new Incarnation(2, 2), 1_000, "d3");
        loop.advance(Duration.ofSeconds(5));
        assertThat(link.current()).isEqualTo(known);
        assertThat(link.isGranted()).as("it holds a lease all the same").isTrue();
        metas.isMandated = true;
        loop.advance(Duration.ofSeconds(1));
        assertThat(link.current()).isEqualTo(metas.cluster);
    }

    @Test
    void olderGroupIsNotFollowedWhateverItSays() {
        ClusterState known = cluster(new Incarnation(2, 2), 9, "d1");
        metas.cluster = known;
        start();
        metas.isMandated = true;
        metas.cluster = cluster(LIFE, 1_000, "d1", "d2");
        loop.advance(Duration.ofSeconds(5));
        assertThat(link.current()).isEqualTo(known);
    }

    @Test
    void metaThatLagsOrIsNewAndEmptyTakesNothingAway() {
        ClusterState known = cluster(LIFE, 3, "d1", "d2");
        metas.cluster = known;
        start();
        metas.cluster = cluster(LIFE, 2, "d1");
        loop.advance(Duration.ofSeconds(2));
        metas.cluster = cluster(new Incarnation(2, 2), 1_000);
        loop.advance(Duration.ofSeconds(2));
        assertThat(link.current()).isEqualTo(known);
        assertThat(states).containsExactly(known);
    }

    @Test
    void failingMetaIsLeftForTheNext() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.down.add(FIRST);
        start();
        loop.advance(Duration.ofMillis(200));
        assertThat(link.isGranted()).isTrue();
        assertThat(metas.calls).containsExactly("RenewLease@m1", "RenewLease@m2", "FetchCluster@m2");
        metas.down.add(SECOND);
        loop.advance(Duration.ofSeconds(5));
        assertThat(link.isGranted()).isFalse();
        assertThat(link.current()).as("what is known stays").isEqualTo(metas.cluster);
        assertThat(link.failures()).isGreaterThan(2);
        metas.down.clear();
        loop.advance(Duration.ofMillis(400));
        assertThat(link.isGranted()).isTrue();
    }

    @Test
    void refusalOfAFollowerSendsTheRenewalToTheNext() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.refusing.add(FIRST);
        start();
        loop.advance(Duration.ofMillis(200));
        assertThat(link.isGranted()).isTrue();
    }

    @Test
    void aSessionThatStartsWhileThereIsNoQuorumTakesWhatAMetaRemembersUntilItIsGrantedALease() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.refusing.addAll(List.of(FIRST, SECOND));
        start();
        assertThat(link.isGranted()).isFalse();
        assertThat(link.isHeard()).isFalse();
        assertThat(states).containsExactly(metas.cluster);
        metas.cluster = cluster(LIFE, 4, "d1", "d2");
        loop.advance(Duration.ofSeconds(1));
        assertThat(states).as("another remembers more").hasSize(2);

        // The group that grants is the one to follow, whatever that was.
        metas.refusing.clear();
        metas.cluster = cluster(new Incarnation(0, 7), 2, "d9");
        loop.advance(Duration.ofSeconds(1));
        assertThat(link.current()).isEqualTo(metas.cluster);
        metas.cluster = cluster(LIFE, 9, "d1");
        loop.advance(Duration.ofSeconds(1));
        assertThat(link.current().find(SELF.node(), SELF.role())).isPresent();
        assertThat(link.current().table().epoch().incarnation())
                .as("from then on nobody takes its place unasked")
                .isEqualTo(new Incarnation(0, 7));
    }

    @Test
    void aSessionThatStartsWhileNoMetaAnswersGoesByWhatItKnewBefore() {
        metas.cluster = cluster(LIFE, 3, "d1", "d2");
        link.keep(new ClusterDisk(folder.resolve("cluster.bin")));
        start();
        metas.down.addAll(List.of(FIRST, SECOND));
        MetaLink anew = new MetaLink(SELF, List.of(FIRST, SECOND), metas, loop, MetaLinkSettings.standard());
        anew.keep(new ClusterDisk(folder.resolve("cluster.bin")));
        anew.start();
        loop.advance(Duration.ofSeconds(1));
        assertThat(anew.isGranted()).isFalse();
        assertThat(anew.current()).isEqualTo(metas.cluster);

        metas.down.clear();
        metas.cluster = cluster(LIFE, 4, "d1", "d2");
        loop.advance(Duration.ofSeconds(1));
        assertThat(anew.current()).isEqualTo(metas.cluster);
    }

    @Test
    void aDataNodeLeadsByNothingThatNobodyVouchesFor() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.refusing.addAll(List.of(FIRST, SECOND));
        Member data = new Member(new NodeId("d1"), EAST, NodeRole.DATA, Map.of(), 1);
        MetaLink ofData = new MetaLink(data, List.of(FIRST, SECOND), metas, loop, MetaLinkSettings.standard());
        ofData.start();
        loop.advance(Duration.ofSeconds(5));
        assertThat(ofData.current()).isEqualTo(ClusterState.unknown(EAST));
        assertThat(metas.calls).doesNotContain("FetchCluster@m1", "FetchCluster@m2");
    }

    @Test
    void aTableThatOnlyAMetaWithoutAQuorumHasHeardOfCountsForWhoWasVouchedFor() {
        metas.cluster = cluster(LIFE, 3, "d1");
        Member data = new Member(new NodeId("d1"), EAST, NodeRole.DATA, Map.of(), 1);
        MetaLink ofData = new MetaLink(data, List.of(FIRST, SECOND), metas, loop, MetaLinkSettings.standard());
        ofData.start();
        loop.runDue();
        metas.refusing.add(SECOND);
        metas.down.add(FIRST);
        metas.cluster = cluster(LIFE, 3, "d1", "d2");
        loop.advance(Duration.ofSeconds(5));
        assertThat(ofData.isGranted()).isFalse();
        assertThat(ofData.current()).isEqualTo(metas.cluster);

        ClusterState held = metas.cluster;
        metas.down.clear();
        metas.refusing.clear();
        metas.cluster = cluster(new Incarnation(2, 2), 9, "d9");
        loop.advance(Duration.ofSeconds(5));
        assertThat(ofData.current())
                .as("and still nobody takes its place unasked")
                .isEqualTo(held);
    }

    @Test
    void providedConfigurationComesOnceAndThenOnlyWhatChanged() {
        metas.cluster = cluster(LIFE, 3, "d1");
        ProvidedValue one = new ProvidedValue(DataInfoId.of("a"), 1, "x", 11);
        ProvidedValue two = new ProvidedValue(DataInfoId.of("b"), 1, "y", 12);
        metas.provided.add(one);
        start();
        metas.provided.add(two);
        loop.advance(Duration.ofSeconds(3));
        assertThat(provided)
                .containsExactly(new ProvidedChanges(11, List.of(one)), new ProvidedChanges(12, List.of(two)));
    }

    @Test
    void providedConfigurationThatHasNoRoomInOneAnswerComesInPartsAndPoliciesDoNotWaitForIt() {
        metas.cluster = cluster(LIFE, 3, "d1");
        // Restored together, so under one revision.
        for (String id : List.of("a", "b", "c", "d", "e")) {
            metas.provided.add(new ProvidedValue(DataInfoId.of(id), 1, "x", 11));
        }
        metas.mostProvided = 2;
        metas.policies = new PolicyTable(5, List.of());
        link.keep(new NodePolicies(new PolicyDisk(folder.resolve("policies")), loop));
        start();
        assertThat(provided)
                .extracting(ProvidedChanges::values, ProvidedChanges::isMore)
                .containsExactly(
                        tuple(metas.provided.subList(0, 2), true),
                        tuple(metas.provided.subList(2, 4), true),
                        tuple(metas.provided.subList(4, 5), false));
        assertThat(metas.calls.indexOf("FetchPolicies@m1")).isBetween(0, metas.calls.lastIndexOf("FetchProvided@m1"));

        loop.advance(Duration.ofSeconds(2));
        assertThat(provided).hasSize(3);
    }

    @Test
    void listenerThatComesLateIsToldWhatIsKnown() {
        metas.cluster = cluster(LIFE, 3, "d1");
        start();
        List<ClusterState> late = new ArrayList<>();
        link.onChange(late::add);
        loop.runDue();
        assertThat(late).containsExactly(metas.cluster);
    }

    @Test
    void listenerThatFailsDoesNotEndTheRenewals() {
        metas.cluster = cluster(LIFE, 3, "d1");
        link.onChange(state -> {
            throw new IllegalStateException("broken listener");
        });
        link.start();
        assertThatThrownBy(loop::runDue).hasMessage("broken listener");
        metas.calls.clear();
        loop.advance(Duration.ofSeconds(1));
        assertThat(metas.calls).containsExactly("RenewLease@m1", "RenewLease@m1");
    }

    @Test
    void closedLinkRenewsNoMore() {
        metas.cluster = cluster(LIFE, 3, "d1");
        start();
        link.close();
        loop.runDue();
        metas.calls.clear();
        loop.advance(Duration.ofSeconds(10));
        assertThat(metas.calls).isEmpty();
    }

    @Test
    void policiesAreFetchedOnceWhenTheGrantNamesANewerVersion() {
        metas.cluster = cluster(LIFE, 3, "d1");
        NodePolicies policies = new NodePolicies(new PolicyDisk(folder.resolve("policies.json")), loop);
        link.keep(policies);
        start();
        metas.calls.clear();
        loop.advance(Duration.ofMillis(500));
        assertThat(metas.calls).containsExactly("RenewLease@m1");

        metas.policies = new PolicyTable(9, List.of());
        metas.calls.clear();
        loop.advance(Duration.ofSeconds(1));
        assertThat(metas.calls).containsExactly("RenewLease@m1", "FetchPolicies@m1", "RenewLease@m1");
        assertThat(policies.current()).isEqualTo(metas.policies);
    }

    @Test
    void theClientsThatAreOffAreFetchedOnceAndBeforeTheClusterWithWhichASessionTakesClients() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.clientsOff = new ClientsOff(9, Map.of("10.0.0.7", new ClientsOff.Note("disk", 1)));
        NodeClientsOff clients = new NodeClientsOff(folder.resolve("clients-off.json"), loop);
        link.keep(clients);
        start();
        loop.advance(Duration.ofMillis(500));

        assertThat(metas.calls)
                .containsExactly("RenewLease@m1", "FetchClientsOff@m1", "FetchCluster@m1", "RenewLease@m1");
        assertThat(clients.current()).isEqualTo(metas.clientsOff);
    }

    @Test
    void aPushSwitchIsFetchedOnceAndThatItIsObeyedIsToldAtOnce() {
        metas.cluster = cluster(LIFE, 3, "d1");
        metas.push = new PushSwitch(7, List.of());
        NodePushSwitch push = new NodePushSwitch(new PushSwitchDisk(folder.resolve("push-switch.json")), loop);
        link.keep(push);
        link.obeying(() -> push.current().version());
        push.onChange(value -> loop.schedule(Duration.ofMillis(5), link::onObeyed));
        start();
        loop.advance(Duration.ofMillis(20));

        assertThat(push.current()).isEqualTo(metas.push);
        assertThat(metas.obeyed).as("long before the next renewal is due").isEqualTo(7);
        metas.calls.clear();
        loop.advance(Duration.ofMillis(500));
        assertThat(metas.calls).containsExactly("RenewLease@m1");
    }

    @Test
    void linkWithoutMetaIsRefused() {
        assertThatThrownBy(() -> new MetaLink(SELF, List.of(), metas, loop, MetaLinkSettings.standard()))
                .hasMessageContaining("no meta");
    }
}
