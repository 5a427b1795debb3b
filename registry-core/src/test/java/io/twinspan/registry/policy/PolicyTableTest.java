package io.twinspan.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTableTest {
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");

    @ParameterizedTest
    @CsvSource({
        "*, com.example.Orders, true",
        "com.example.*, com.example.Orders, true",
        "com.example.*, com.example, false",
        "*Orders, com.example.Orders, true",
        "*Orders, com.example.OrdersX, false",
        "com.*.Orders, com.a.b.Orders, true",
        "com.*.Orders*, com.a.OrdersOrders:1.0, true",
        "com.example.Orders, com.example.Orders, true",
        "com.example.Orders, com.example.Order, false",
        "a*a, a, false",
        "a**b, ab, true",
        "com.Example.*, com.example.Orders, false"
    })
    void patternsCoverWhatTheySay(String pattern, String dataId, boolean isCovered) {
        assertThat(new PolicyTarget("*", "*", pattern).covers(WEST, DataInfoId.of(dataId)))
                .isEqualTo(isCovered);
    }

    @Test
    void peerAndGroupNarrowATarget() {
        PolicyTarget target = new PolicyTarget("west", "SOFA", "*");

        assertThat(target.covers(WEST, sofa("com.example.Orders"))).isTrue();
        assertThat(target.covers(NORTH, sofa("com.example.Orders"))).isFalse();
        assertThat(target.covers(WEST, DataInfoId.of("com.example.Orders"))).isFalse();
    }

    @Test
    void nothingOfAPeerIsFetchedOnlyWhenNoDecisionLetsAnythingThrough() {
        PolicyRule all = rule("*", "*", "*", FetchPolicy.LAZY);
        PolicyRule ofWest = rule("west", "*", "*", FetchPolicy.NEVER);
        PolicyRule some = rule("west", "*", "com.example.*", FetchPolicy.NEVER);
        PolicyRule others = rule("west", "SOFA", "*", FetchPolicy.WARM);

        assertThat(new PolicyTable(1, List.of(all, ofWest, some)).isNothingFetched(WEST))
                .isTrue();
        assertThat(new PolicyTable(1, List.of(all, ofWest, some)).isNothingFetched(NORTH))
                .isFalse();
        assertThat(new PolicyTable(1, List.of(all, some)).isNothingFetched(WEST))
                .isFalse();
        assertThat(new PolicyTable(1, List.of(ofWest, others)).isNothingFetched(WEST))
                .isFalse();
        assertThat(PolicyTable.EMPTY.isNothingFetched(WEST)).isFalse();
    }

    @Test
    void theMostSpecificRuleDecidesWhateverTheOrder() {
        List<PolicyRule> rules = new ArrayList<>(List.of(
                rule("*", "*", "*", FetchPolicy.LAZY),
                rule("west", "*", "*", FetchPolicy.NEVER),
                rule("*", "SOFA", "*", FetchPolicy.WARM),
                rule("*", "*", "com.example.*", FetchPolicy.NEVER),
                rule("*", "*", "com.example.Orders", FetchPolicy.WARM)));
        for (int turn = 0; turn < rules.size(); turn++) {
            Collections.rotate(rules, 1);
            PolicyTable table = new PolicyTable(1, rules);

            assertThat(table.fetch(NORTH, DataInfoId.of("x"))).contains(FetchPolicy.LAZY);
            assertThat(table.fetch(WEST, DataInfoId.of("x"))).contains(FetchPolicy.NEVER);
            assertThat(table.fetch(WEST, sofa("x"))).contains(FetchPolicy.WARM);
            assertThat(table.fetch(WEST, sofa("com.example.Stock"))).contains(FetchPolicy.NEVER);
            assertThat(table.fetch(WEST, sofa("com.example.Orders"))).contains(FetchPolicy.WARM);
        }
    }

    @Test
    void aRuleThatLeavesAMatterOpenLeavesItToLessSpecificOnes() {
        PolicyTable table = new PolicyTable(
                1,
                List.of(
                        rule("*", "*", "com.example.Orders", FetchPolicy.WARM),
                        new PolicyRule(PolicyTarget.all(), null, false, ViewPolicy.ownFirst(3))));
        DataInfoId orders = DataInfoId.of("com.example.Orders");

        assertThat(table.fetch(WEST, orders)).contains(FetchPolicy.WARM);
        assertThat(table.showing(WEST, orders, PeerShowing.ownFirst(1)))
                .isEqualTo(new PeerShowing(ViewPolicy.ownFirst(3), false));
    }

    @Test
    void whatIsDeclaredLostIsWithdrawnUntilAMoreSpecificRuleSaysOtherwise() {
        PolicyTable table = new PolicyTable(
                1,
                List.of(
                        new PolicyRule(new PolicyTarget(WEST.name(), "*", "*"), null, null, null, true),
                        new PolicyRule(
                                new PolicyTarget(WEST.name(), "*", "com.example.Kept"), null, null, null, false)));

        assertThat(table.isWithdrawn(WEST, DataInfoId.of("com.example.Orders"))).isTrue();
        assertThat(table.isWithdrawn(WEST, DataInfoId.of("com.example.Kept"))).isFalse();
        assertThat(table.isWithdrawn(NORTH, DataInfoId.of("com.example.Orders")))
                .isFalse();
    }

    @Test
    void withoutRulesNothingIsDecidedAndPeersArePushed() {
        DataInfoId orders = DataInfoId.of("com.example.Orders");

        assertThat(PolicyTable.EMPTY.fetch(WEST, orders)).isEmpty();
        assertThat(PolicyTable.EMPTY.showing(WEST, orders, PeerShowing.ownFirst(2)))
                .isEqualTo(PeerShowing.ownFirst(2));
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        PolicyRule twice = rule("*", "*", "a", FetchPolicy.LAZY);

        assertThatThrownBy(() -> new PolicyTable(1, List.of(twice, twice))).hasMessageContaining("two policies for");
        assertThatThrownBy(() -> new PolicyTable(-1, List.of())).hasMessageContaining("-1");
        assertThatThrownBy(() -> new PolicyRule(PolicyTarget.all(), null, null, null))
                .hasMessageContaining("decides nothing");
        assertThatThrownBy(() -> new PolicyTarget("*", " ", "*")).hasMessageContaining("group");
        assertThatThrownBy(() -> new PolicyTarget("no such name!", "*", "*")).hasMessageContaining("no such name!");
        assertThatThrownBy(() -> FetchPolicy.ofWord("eager")).hasMessageContaining("lazy, warm, never");
    }

    @ParameterizedTest
    @CsvSource({"own-first, 1", "own-first:3, 3", "all, 0", "own-only, 0"})
    void viewPoliciesAreWrittenAsTheyAreRead(String word, int threshold) {
        assertThat(ViewPolicy.ofWord(word).threshold()).isEqualTo(threshold);
        assertThat(ViewPolicy.ofWord(word).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"own-first:0", "own-first:x", "mine", "own-first:1000001"})
    void otherViewPoliciesAreRefused(String word) {
        assertThatThrownBy(() -> ViewPolicy.ofWord(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleIsChangedInPartByAnother() {
        PolicyRule before = new PolicyRule(PolicyTarget.all(), FetchPolicy.WARM, true, null);

        assertThat(before.with(new PolicyRule(PolicyTarget.all(), null, false, ViewPolicy.ALL)))
                .isEqualTo(new PolicyRule(PolicyTarget.all(), FetchPolicy.WARM, false, ViewPolicy.ALL));
    }

    private static DataInfoId sofa(String dataId) {
        return new DataInfoId(dataId, DataInfoId.DEFAULT_INSTANCE_ID, "SOFA");
    }

    private static PolicyRule rule(String peer, String group, String service, FetchPolicy fetch) {
        return new PolicyRule(new PolicyTarget(peer, group, service), fetch, null, null);
    }
}
