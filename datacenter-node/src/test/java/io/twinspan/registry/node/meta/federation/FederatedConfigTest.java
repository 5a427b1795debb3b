package io.twinspan.registry.node.meta.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FederatedConfigTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");
    private static final DataInfoId RULE = DataInfoId.of("rule");

    private final ConfigDatacenters all = new ConfigDatacenters("east", "west");
    private final ConfigDatacenters.Site east = all.site("east");
    private final ConfigDatacenters.Site west = all.site("west");

    @Test
    void whatIsPutInOneIsInTheOtherAndTheAnswerSaysSo() {
        all.lead();

        CompletableFuture<Map<DatacenterId, String>> answer = east.put(RULE, 5, "x");

        assertThat(answer).isCompletedWithValue(Map.of(WEST, ""));
        assertThat(west.version(RULE)).isEqualTo(5);
        assertThat(west.data(RULE)).isEqualTo("x");
        assertThat(west.put(RULE, 6, null)).isCompletedWithValue(Map.of(EAST, ""));
        assertThat(east.values().get(RULE)).isEqualTo(new ProvidedValue(RULE, 6, null, 0));
    }

    @Test
    void aPeerThatIsAwayIsNamedWithinTheBoundAndHasItWhenItIsBack() {
        all.lead();
        all.cut("west");

        CompletableFuture<Map<DatacenterId, String>> answer = east.put(RULE, 5, "x");
        assertThat(answer).isNotDone();
        all.advance(FederationSettings.standard().answerWithin());

        assertThat(answer.join().get(WEST)).contains("not yet").contains("cannot be reached");
        east.put(RULE, 6, "y");
        assertThat(east.federation.standings().get(0).queued())
                .as("only the newest waits")
                .isEqualTo(1);

        all.heal();
        all.advance(FederationSettings.standard().retryMost());
        assertThat(west.data(RULE)).isEqualTo("y");
        assertThat(east.federation.standings().get(0).queued()).isZero();
    }

    @Test
    void comparisonRepairsBothWaysWhatNobodyOffered() {
        DataInfoId other = DataInfoId.of("other");
        DataInfoId gone = DataInfoId.of("gone");
        east.store(new ProvidedValue(RULE, 5, "x", 0));
        west.store(new ProvidedValue(other, 7, "y", 0));
        west.store(new ProvidedValue(gone, 3, null, 0));
        east.store(new ProvidedValue(gone, 2, "still here", 0));

        all.lead();
        all.advance(Duration.ofSeconds(5));

        assertThat(west.data(RULE)).isEqualTo("x");
        assertThat(east.data(other)).isEqualTo("y");
        assertThat(east.values()).containsKey(gone);
        assertThat(east.data(gone)).isNull();
        assertThat(east.federation.standings()).extracting(PeerStanding::word).containsExactly(PeerStanding.Word.EQUAL);
    }

    @Test
    void whileBothHoldTheSameOnlyRootsTravel() {
        all.lead();
        for (int i = 0; i < 50; i++) {
            east.put(DataInfoId.of("rule-" + i), 1, "x" + i);
        }
        all.advance(Duration.ofMinutes(1));
        all.calls();
        all.entries();

        all.advance(Duration.ofMinutes(1));

        assertThat(all.calls()).as("two comparisons a minute of each side").isBetween(3, 6);
        assertThat(all.entries()).isZero();
    }

    @Test
    void twoContentsUnderOneVersionAreReportedAndEverybodyGoesOnWithTheSameOne() {
        all.lead();
        all.cut("west");
        east.put(RULE, 5, "a");
        west.put(RULE, 5, "b");
        all.heal();
        all.advance(Duration.ofMinutes(1));

        assertThat(east.data(RULE)).isEqualTo("b").isEqualTo(west.data(RULE));
        assertThat(east.version(RULE))
                .as("clients that saw 5 take it")
                .isEqualTo(6)
                .isEqualTo(west.version(RULE));
        assertThat(east.federation.conflicts().size()
                        + west.federation.conflicts().size())
                .isPositive();
        assertThat(east.federation.standings().get(0).word()).isEqualTo(PeerStanding.Word.EQUAL);
    }

    @Test
    void aRemovalAgainstDataUnderOneVersionKeepsTheData() {
        all.lead();
        all.cut("west");
        east.put(RULE, 5, null);
        west.put(RULE, 5, "b");
        all.heal();
        all.advance(Duration.ofMinutes(1));

        assertThat(east.data(RULE)).isEqualTo("b");
        assertThat(west.data(RULE)).isEqualTo("b");
    }

    @Test
    void aHigherVersionOfThePeerComesHereAndTheAnswerSaysSo() {
        all.lead();
        all.cut("west");
        west.put(RULE, 9, "nine");
        all.heal();

        CompletableFuture<Map<DatacenterId, String>> answer = east.put(RULE, 5, "five");

        assertThat(answer.join().get(WEST)).contains("has version 9 already");
        all.advance(Duration.ofSeconds(5));
        assertThat(east.data(RULE)).isEqualTo("nine");
    }

    @Test
    void ofThreeThoseThatReachEachOtherRepairWhatOneMissed() {
        ConfigDatacenters three = new ConfigDatacenters("east", "west", "north");
        three.lead();
        three.cut("north");

        CompletableFuture<Map<DatacenterId, String>> answer = three.site("east").put(RULE, 5, "x");
        three.advance(Duration.ofSeconds(1));
        assertThat(answer.join())
                .containsEntry(WEST, "")
                .hasEntrySatisfying(NORTH, why -> assertThat(why).contains("not yet"));

        three.cut("east");
        three.heal();
        three.cut("east");
        three.advance(Duration.ofMinutes(1));
        assertThat(three.site("north").data(RULE)).as("from the west").isEqualTo("x");
    }

    @Test
    void whoStopsLeadingSaysNothingMore() {
        all.lead();
        all.cut("west");
        CompletableFuture<Map<DatacenterId, String>> answer = east.put(RULE, 5, "x");
        east.federation.onLeadership(false);
        all.loop.runDue();
        assertThat(answer.join().get(WEST)).contains("stopped leading");

        west.federation.onLeadership(false);
        all.heal();
        all.calls();
        all.advance(Duration.ofMinutes(5));
        assertThat(all.calls()).isZero();
    }

    @Test
    void manyValuesComeInBoundedCallsAndAll() {
        String data = "x".repeat(20_000);
        for (int i = 0; i < 500; i++) {
            east.store(new ProvidedValue(DataInfoId.of("rule-" + i), 1, data, 0));
            west.store(new ProvidedValue(DataInfoId.of("elur-" + i), 1, data, 0));
        }
        all.lead();
        all.advance(Duration.ofMinutes(5));

        assertThat(east.values()).hasSize(1000).isEqualTo(west.values());
    }
}
