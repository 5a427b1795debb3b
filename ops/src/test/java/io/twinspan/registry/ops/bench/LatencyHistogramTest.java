package io.twinspan.registry.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 127, 128, 129, 1_000, 999_999, 5_000_000_000L, Long.MAX_VALUE})
    void aSingleValueIsItsOwnPercentileWithinItsBucket(long value) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(value);

        assertThat(histogram.percentile(0.5)).isGreaterThanOrEqualTo(value);
        assertThat((double) histogram.percentile(0.5)).isLessThanOrEqualTo(value * (1 + 1.0 / 64));
    }

    @Test
    void percentilesOfAThousandAreWithinTwoPercent() {
        LatencyHistogram low = new LatencyHistogram();
        LatencyHistogram high = new LatencyHistogram();
        for (int i = 1; i <= 1_000; i++) {
            (i <= 500 ? low : high).record(i * 1_000L);
        }
        low.add(high);

        assertThat(low.count()).isEqualTo(1_000);
        assertThat((double) low.percentile(0.5)).isCloseTo(500_000, within(10_000.0));
        assertThat((double) low.percentile(0.99)).isCloseTo(990_000, within(20_000.0));
        assertThat((double) low.percentile(1)).isCloseTo(1_000_000, within(20_000.0));
    }

    @Test
    void nothingRecordedIsZeroAndShareIsChecked() {
        assertThat(new LatencyHistogram().percentile(0.99)).isZero();
        assertThatThrownBy(() -> new LatencyHistogram().percentile(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roundsAddUpAndUnknownProcessorTimeStaysUnknown() {
        Measure one = measureOf(100, Optional.of(Duration.ofMillis(10)));

        Measure both = Measure.none().plus(one).plus(one);

        assertThat(both.rate()).isCloseTo(100, within(0.1));
        assertThat(both.serverMicros())
                .get()
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(100, within(0.1));
        assertThat(both.plus(measureOf(1, Optional.empty())).serverMicros()).isEmpty();
    }

    @Test
    void theReportPutsBothSideBySideWithTheirRatio() {
        BenchReport report = new BenchReport(
                "title",
                "ops",
                "127.0.0.1:9600",
                measureOf(100, Optional.empty()),
                "bare",
                measureOf(200, Optional.of(Duration.ofMillis(10))));

        assertThat(report.isClean()).isTrue();
        assertThat(String.join("\n", report.lines())).contains("127.0.0.1:9600", "bare", "0.50", "unknown", "50.0");
    }

    private static Measure measureOf(long operations, Optional<Duration> serverTime) {
        return new Measure(operations, 0, Duration.ofSeconds(1), serverTime, new LatencyHistogram());
    }
}
