package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The leading meta with data nodes that report: two replicas of each slot, manual time. */
class SlotAssignmentTest {
    private static final Duration RENEW = Duration.ofMillis(500);
    private static final Member D1 = MetaFixture.data("d1");
    private static final Member D2 = MetaFixture.data("d2");
    private static final Member D3 = MetaFixture.data("d3");
    private static final Member S1 = MetaFixture.session("s1");

    private final MetaFixture meta = new MetaFixture(
            new InMemoryCommandLog(),
            MetaSettings.standard().withSlots(SlotLimits.standard().with(Duration.ofSeconds(2), 2)));

    private SlotTable table() {
        return meta.role.state().table();
    }

    private Map<String, Integer> led() {
        Map<String, Integer> led = new TreeMap<>();
        table().slots().forEach(slot -> led.merge(slot.leader().value(), 1, Integer::sum));
        return led;
    }

    /** A renewal of a node that has settled what it leads, and whose followers among {@code well} are current. */
    private LeaseGrant renew(Member node, Member... well) {
        List<NodeId> current = List.of(well).stream().map(Member::node).toList();
        List<SlotReport> reports = new ArrayList<>();
        for (Slot slot : table().ledBy(node.node())) {
            List<SlotReport.Follower> followers = slot.followers().stream()
                    .map(each -> new SlotReport.Follower(each, current.contains(each), 0))
                    .toList();
            reports.add(new SlotReport(slot.id(), slot.epoch(), true, followers));
        }
        return meta.answer(new RenewLease(node, reports));
    }

    private void pass(Duration time, Member... well) {
        for (long millis = 0; millis < time.toMillis(); millis += RENEW.toMillis()) {
            for (Member each : well) {
                renew(each, well);
            }
            meta.loop.advance(RENEW);
        }
    }

    private OperatorAnswer call(String path, String query) {
        return meta.answer(new OperatorCall(path, query, ""));
    }

    private void threeBalanced() {
        pass(Duration.ofSeconds(30), D1, D2, D3);
        assertThat(led().values()).containsExactlyInAnyOrder(86, 85, 85);
    }

    @Test
    void nodesThatJoinAreGivenFollowersAndThenTheirShareOfTheLeaders() {
        pass(Duration.ofSeconds(1), D1, D2, D3);
        assertThat(table().followedBy(D2.node())).isNotEmpty();
        threeBalanced();
        assertThat(table().slots())
                .allSatisfy(slot -> assertThat(slot.replicas()).hasSize(2));
        int commands = meta.log.length();
        pass(Duration.ofSeconds(30), D1, D2, D3);
        assertThat(meta.log.length()).as("a good table stays").isEqualTo(commands);
    }

    @Test
    void everySessionKnowsTheNewLeaderWithinThreeSecondsOfALoss() {
        threeBalanced();
        List<Slot> lost = table().ledBy(D1.node());
        // The worst case: the node dies right after a renewal, and the session renews right before the table is
        // installed.
        renew(D1, D1, D2, D3);
        Duration step = Duration.ofMillis(100);
        Duration passed = Duration.ZERO;
        long known = table().epoch().number();
        while (table().epoch().number() == known) {
            assertThat(passed).as("until the table is installed").isLessThan(Duration.ofMillis(2_300));
            if (passed.toMillis() % RENEW.toMillis() == 0) {
                renew(D2, D2, D3);
                renew(D3, D2, D3);
            }
            meta.loop.advance(step);
            passed = passed.plus(step);
        }
        assertThat(passed.plus(RENEW)).as("and the news with the next renewal").isLessThan(Duration.ofSeconds(3));
        assertThat(meta.renew(S1).table().number()).isEqualTo(known + 1);
        for (Slot old : lost) {
            Slot now = table().find(old.id()).orElseThrow();
            assertThat(now.replicas()).containsExactly(old.followers().get(0), D1.node());
        }
    }

    @Test
    void shortAbsenceMovesNoContentAndALongOneDoes() {
        threeBalanced();
        pass(Duration.ofSeconds(50), D2, D3);
        assertThat(table().slots())
                .filteredOn(slot -> slot.rankOf(D1.node()) > 0)
                .as("still listed")
                .isNotEmpty();
        assertThat(table().ledBy(D1.node())).isEmpty();
        pass(Duration.ofSeconds(30), D2, D3);
        assertThat(table().slots())
                .allSatisfy(slot -> assertThat(slot.replicas()).containsExactlyInAnyOrder(D2.node(), D3.node()));
    }

    @Test
    void ownPauseReplacesNobody() {
        threeBalanced();
        SlotTable before = table();
        meta.loop.clock().stall(Duration.ofSeconds(30));
        meta.loop.advance(Duration.ofMillis(1_500));
        assertThat(table()).isEqualTo(before);
        pass(Duration.ofSeconds(3), D2, D3);
        assertThat(table().ledBy(D1.node())).isEmpty();
    }

    @Test
    void nodeThatSaysItsClockIsWrongFollowsAndIsShownAsUnfitUntilItIsRight() {
        threeBalanced();
        pass(Duration.ofSeconds(10), D2, D3);
        assertThat(led()).doesNotContainKey("d1");
        for (int i = 0; i < 40; i++) {
            renew(D2, D1, D2, D3);
            renew(D3, D1, D2, D3);
            meta.answer(new RenewLease(D1, List.of(), false));
            meta.loop.advance(RENEW);
        }
        assertThat(led()).doesNotContainKey("d1");
        assertThat(table().followedBy(D1.node())).isNotEmpty();
        JsonNode node = JsonMapper.shared()
                .readTree(call("/slots", "").body())
                .path("nodes")
                .path(0);
        assertThat(node.path("node").asString("")).isEqualTo("d1");
        assertThat(node.path("presence").asString("")).isEqualTo("unfit");
        threeBalanced();
    }

    @Test
    void slotsWhoseLeaderLivesAndDoesNotLeadThemBeginANewTermOnce() {
        threeBalanced();
        SlotTable before = table();
        for (int i = 0; i < 40; i++) {
            if (table().equals(before)) {
                meta.answer(new RenewLease(D1, List.of()));
                renew(D2, D1, D2, D3);
                renew(D3, D1, D2, D3);
            } else {
                pass(RENEW, D1, D2, D3);
            }
            meta.loop.advance(RENEW);
        }
        assertThat(table().epoch().number()).isEqualTo(before.epoch().number() + 1);
        for (Slot was : before.slots()) {
            Slot now = table().find(was.id()).orElseThrow();
            assertThat(now.replicas()).isEqualTo(was.replicas());
            assertThat(now.epoch())
                    .isEqualTo(was.leader().equals(D1.node()) ? was.epoch().next() : was.epoch());
        }
    }

    @Test
    void newLeaderKnowsOfNobodyThatHeIsCurrentAndWaitsLonger() {
        threeBalanced();
        meta.log.lead(false);
        meta.loop.runDue();
        meta.log.lead(true);
        meta.loop.runDue();
        Map<String, Integer> before = led();
        pass(Duration.ofSeconds(3), D2, D3);
        assertThat(led()).isEqualTo(before);
        pass(Duration.ofSeconds(2), D2, D3);
        assertThat(led()).doesNotContainKey("d1");
    }

    @Test
    void operatorsPauseMoveEvacuateAndRemove() {
        threeBalanced();
        SlotId slot = table().ledBy(D1.node()).get(0).id();
        assertThat(call("/slots/pause", "").status()).isEqualTo(200);
        assertThat(call("/slots/move", "slot=" + slot + "&node=d2").body())
                .contains("as soon as the slots are resumed");
        pass(Duration.ofSeconds(10), D1, D2, D3);
        assertThat(table().find(slot).orElseThrow().leader()).isEqualTo(D1.node());
        assertThat(call("/slots/resume", "").status()).isEqualTo(200);
        pass(Duration.ofSeconds(10), D1, D2, D3);
        assertThat(table().find(slot).orElseThrow().leader()).isEqualTo(D2.node());
        assertThat(call("/slots/release", "slot=" + slot).status()).isEqualTo(200);

        assertThat(call("/slots/evacuate", "node=d1.example").status()).isEqualTo(200);
        pass(Duration.ofSeconds(60), D1, D2, D3);
        assertThat(table().slots())
                .allSatisfy(each -> assertThat(each.rankOf(D1.node())).isNegative());
        assertThat(call("/node/remove", "node=d1").status()).isEqualTo(200);
        LeaseGrant refused = renew(D1);
        assertThat(refused.isGranted()).isFalse();
        assertThat(refused.refusal()).contains("removed for good");
    }

    @Test
    void callsThatMakeNoSenseSayWhy() {
        threeBalanced();
        assertThat(call("/slots/move", "slot=7").body()).contains("node is missing");
        assertThat(call("/slots/move", "slot=x&node=d1").body()).contains("slot 'x' is no number");
        assertThat(call("/slots/move", "slot=256&node=d1").body()).contains("not between 0 and 255");
        assertThat(call("/slots/evacuate", "node=d9").body()).contains("there is no node d9");
        assertThat(call("/node/remove", "node=d9").status()).isEqualTo(409);
        assertThat(call("/slots/readmit", "node=d1").body()).contains("not being evacuated");
    }

    @Test
    void slotsAreShownWithTheirFollowers() {
        threeBalanced();
        renew(D1, D1, D2, D3);
        OperatorAnswer answer = call("/slots", "");
        JsonNode view = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(view.path("isPaused").asBoolean(true)).isFalse();
        assertThat(view.path("nodes")).hasSize(3);
        assertThat(view.path("nodes").path(0).path("presence").asString("")).isEqualTo("heard");
        assertThat(view.path("slots")).hasSize(SlotId.COUNT);
        int number = table().ledBy(D1.node()).get(0).id().number();
        JsonNode slot = view.path("slots").path(number);
        assertThat(slot.path("leader").asString("")).isEqualTo("d1");
        assertThat(slot.path("state").asString("")).isEqualTo("settled");
        assertThat(slot.path("followers").path(0).path("state").asString("")).isEqualTo("current");
        assertThat(slot.path("followers").path(0).path("lag").asString("")).isEqualTo("0");
    }
}
