package io.twinspan.registry.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of a peer's data nodes does not answer; what its others lead is fetched all the same. */
class OneSilentLeaderTest {
    private static final int WANTED = 250;

    private final FetchBench bench = new FetchBench(GuardSettings.standard(), 2);
    private final Endpoint silent = bench.leaderOf("service-0");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheOthersLeadIsFetchedAtOnceAndTheRestWhenItAnswersAgain(boolean isWarm) {
        bench.answers = query -> FetchBench.answer(query, 5, FetchBench.leadership(1));
        bench.silent.add(silent);
        List<String> away = services(true);
        List<String> there = services(false);
        want(away, isWarm);
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.held).isEmpty();
        assertThat(bench.fetcher.status().breaker()).isNotEqualTo(BreakerState.CLOSED);

        want(there, isWarm);
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.held).containsOnlyKeys(ids(there));
        assertThat(bench.fetches.get(0).queries()).hasSizeGreaterThan(1);

        bench.silent.clear();
        bench.pass(Duration.ofSeconds(20));
        assertThat(bench.held).containsKeys(ids(away));
        assertThat(bench.fetcher.waiting()).isZero();
        assertThat(bench.fetcher.status().breaker()).isEqualTo(BreakerState.CLOSED);
    }

    private void want(List<String> services, boolean isWarm) {
        List<DigestEntry> announced =
                services.stream().map(service -> FetchBench.entry(service, 5)).toList();
        if (isWarm) {
            bench.fetcher.fetchWarm(announced);
        } else {
            bench.fetcher.fetch(announced);
        }
    }

    private List<String> services(boolean isOfSilent) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "service-" + number)
                .filter(service -> bench.leaderOf(service).equals(silent) == isOfSilent)
                .limit(WANTED)
                .toList();
    }

    private static DataInfoId[] ids(List<String> services) {
        return services.stream().map(DataInfoId::of).toArray(DataInfoId[]::new);
    }
}
