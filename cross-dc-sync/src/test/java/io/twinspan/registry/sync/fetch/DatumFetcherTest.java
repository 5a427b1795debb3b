package io.twinspan.registry.sync.fetch;

import static io.twinspan.registry.sync.fetch.FetchBench.answer;
import static io.twinspan.registry.sync.fetch.FetchBench.datum;
import static io.twinspan.registry.sync.fetch.FetchBench.entry;
import static io.twinspan.registry.sync.fetch.FetchBench.leadership;
import static io.twinspan.registry.sync.fetch.FetchBench.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatumFetcherTest {
    private static final DataInfoId ID = DataInfoId.of("orders");

    private final FetchBench bench = new FetchBench(GuardSettings.standard());

    @Test
    void olderContentOfTheLeaderThatAnnouncedIsNotTaken() {
        bench.answers = query -> answer(query, 4, leadership(1));
        bench.fetcher.fetch(List.of(entry("orders", 5)));
        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.held).isEmpty();
        assertThat(bench.corrections).isEmpty();
        assertThat(bench.raises).isNotEmpty();
    }

    @Test
    void olderContentOfALaterLeaderIsTakenAndCorrectsTheTable() {
        bench.answers = query -> answer(query, 4, leadership(2));
        bench.fetcher.fetch(List.of(entry("orders", 5)));
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.held.get(ID)).isNotNull();
        assertThat(bench.corrections).containsExactly(entry("orders", 4));
        assertThat(bench.fetcher.waiting()).isZero();
        assertThat(bench.fetcher.status().corrected()).isOne();
    }

    @Test
    void laterLeaderThatKnowsLessThanIsHeldIsRaisedAndNothingGoesBack() {
        bench.held.put(ID, datum("orders", 5));
        bench.answers = query -> answer(query, 4, leadership(2));
        bench.fetcher.fetch(List.of(entry("orders", 5)));
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.held.get(ID).version()).isEqualTo(version(5));
        assertThat(bench.raises)
                .isNotEmpty()
                .allSatisfy(raise -> assertThat(raise.floor()).isEqualTo(version(5)));

        bench.answers = query -> answer(query, 6, leadership(2));
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.held.get(ID).version()).isEqualTo(version(6));
    }

    @Test
    void contentThatTheAnnouncingLeaderHasNothingOfIsNoEmptiness() {
        bench.held.put(ID, datum("orders", 5));
        bench.answers = query -> DatumAnswer.of(Datum.empty(FetchBench.EAST, ID), query.known(), true)
                .by(new DatumAnswer.Word(leadership(1), 0));
        bench.fetcher.confirm(List.of(ID));
        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.held.get(ID).count()).isOne();
        int ofEmpty = Datum.empty(FetchBench.EAST, ID).contentHash();
        assertThat(bench.raises)
                .isNotEmpty()
                .allSatisfy(raise -> assertThat(raise.contentHash()).isNotEqualTo(ofEmpty));
    }

    @Test
    void emptinessThatAnEarlierLeaderHasNothingOfIsAskedForAgain() {
        bench.namedBy = leadership(2);
        bench.answers = query -> DatumAnswer.of(Datum.empty(FetchBench.EAST, ID), query.known(), true)
                .by(new DatumAnswer.Word(leadership(1), 0));
        bench.fetcher.fetch(List.of(new DigestEntry(ID, version(5), 0, 0)));
        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.held).isEmpty();
        bench.answers = query -> DatumAnswer.of(Datum.empty(FetchBench.EAST, ID), query.known(), true)
                .by(new DatumAnswer.Word(leadership(2), 0));
        bench.pass(Duration.ofSeconds(10));
        assertThat(bench.held.get(ID)).extracting(Datum::version).isEqualTo(version(5));
    }

    @Test
    void whatIsWarmingIsAskedAgainAndThenTaken() {
        bench.fetcher.fetch(List.of(entry("orders", 5)));
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.held).isEmpty();
        bench.answers = query -> answer(query, 5, leadership(1));
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.held).hasSize(1);
    }

    @Test
    void datumThatFindsNoRoomWithOthersIsAskedForAlone() {
        bench.byRequest = queries -> query -> query.id().equals(ID) && queries.size() > 1
                ? DatumAnswer.tooBig(FetchBench.EAST, query.id(), version(5))
                : answer(query, 5, leadership(1));
        bench.fetcher.fetch(List.of(entry("orders", 5), entry("a", 5), entry("b", 5)));
        bench.pass(Duration.ofMillis(50));
        assertThat(bench.held).hasSize(3);
        assertThat(bench.fetches).hasSize(2);
        assertThat(bench.fetches.get(1).queries()).hasSize(1);
    }

    @Test
    void datumThatFitsNoAnswerIsReportedAndHoldsNothingUp() {
        bench.byRequest = queries -> query -> query.id().equals(ID)
                ? DatumAnswer.tooBig(FetchBench.EAST, query.id(), version(5))
                : answer(query, 5, leadership(1));
        bench.fetcher.fetch(List.of(entry("orders", 5), entry("a", 5)));
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.held).containsOnlyKeys(DataInfoId.of("a"));
        assertThat(bench.fetcher.status().tooBig()).containsExactly(ID);
        assertThat(bench.fetches.size()).isLessThan(40);
    }

    @Test
    void breakerOpensTowardsAPeerThatDoesNotAnswerAndClosesWhenItDoes() {
        bench.isDown = true;
        List<DigestEntry> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(entry("service-" + i, 5));
        }
        bench.fetcher.fetch(many);
        bench.pass(Duration.ofSeconds(30));
        assertThat(bench.fetcher.status().breaker()).isNotEqualTo(BreakerState.CLOSED);
        // What five failures cost, and then one trial a second.
        assertThat(bench.fetches.size()).isLessThan(50);
        assertThat(bench.fetcher.status().refused()).isPositive();

        bench.isDown = false;
        bench.answers = query -> answer(query, 5, leadership(1));
        bench.pass(Duration.ofSeconds(8));
        assertThat(bench.fetcher.status().breaker()).isEqualTo(BreakerState.CLOSED);
        assertThat(bench.held).hasSize(2_000);
    }

    @Test
    void sameScriptGivesTheSameCallsEachTime() {
        assertThat(callsOfAStorm()).isEqualTo(callsOfAStorm());
    }

    private static List<Integer> callsOfAStorm() {
        FetchBench bench = new FetchBench(GuardSettings.standard());
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            bench.isDown = i % 8 < 5;
            bench.answers = query -> answer(query, 5, leadership(1));
            bench.fetcher.fetch(List.of(entry("service-" + i, 5)));
            bench.pass(Duration.ofMillis(700));
            calls.add(bench.fetches.size());
        }
        return calls;
    }

    @Test
    void whatIsOnlyKeptWarmWaitsForItsBudgetAndForWhatIsAskedFor() {
        FetchBench slow = new FetchBench(new GuardSettings(20, 5, 50, Duration.ofSeconds(1), 1_000, 2));
        slow.answers = query -> answer(query, 5, leadership(1));
        List<DigestEntry> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(entry("warm-" + i, 5));
        }
        slow.fetcher.fetchWarm(many);
        slow.pass(Duration.ofSeconds(1));
        assertThat(slow.held.size()).isBetween(1, 20);
        slow.fetcher.fetch(List.of(entry("warm-39", 5), entry("asked", 5)));
        slow.pass(Duration.ofMillis(1));
        assertThat(slow.held).containsKeys(DataInfoId.of("asked"), DataInfoId.of("warm-39"));
        slow.pass(Duration.ofSeconds(30));
        assertThat(slow.held).hasSize(41);
        assertThat(slow.fetcher.status().waitingWarm()).isZero();
    }
}
