package io.twinspan.registry.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HybridClockTest {
    private static final long START = 1_767_225_600_000L;

    private final AtomicLong wallMillis = new AtomicLong(START);
    private final AtomicLong nanos = new AtomicLong(77);
    private final InstantSource wall = () -> Instant.ofEpochMilli(wallMillis.get());
    private final HybridClock clock = new HybridClock(wall, nanos::get);

    @Test
    void readingsRiseStrictlyAlsoWhenTimeStandsStill() {
        Stamp last = clock.next();
        for (int i = 0; i < 20_000; i++) {
            Stamp next = clock.next();
            assertThat(next.value()).isGreaterThan(last.value());
            last = next;
        }
        assertThat(clock.latest()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -5_000, 5_000, 3_600_000})
    void jumpOfTheWallClockMovesNothing(long jumpMillis) {
        wallMillis.addAndGet(jumpMillis);
        assertThat(clock.physicalMillis()).isEqualTo(START);
        assertThat(clock.isFitToLead()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(clock.physicalMillis()).isEqualTo(START + 1_000);
    }

    @ParameterizedTest
    @CsvSource({"200, 10, 5", "-200, 10, -5", "200, 1000, 200", "-200, 1000, -200"})
    void driftIsFollowedSlowly(long driftMillis, long seconds, long followedMillis) {
        wallMillis.addAndGet(driftMillis);
        long last = clock.physicalMillis();
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(clock.physicalMillis()).isGreaterThanOrEqualTo(last);
            last = clock.physicalMillis();
        }
        assertThat(last - START - seconds * 1_000).isCloseTo(followedMillis, org.assertj.core.data.Offset.offset(1L));
        assertThat(clock.isFitToLead()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1000, true", "0, true", "59999, true", "60000, true", "60001, false", "3600000, false"})
    void readingsBeyondTheBoundAreNotMerged(long aheadMillis, boolean isMerged) {
        Stamp seen = Stamp.atMillis(START + aheadMillis);
        assertThat(clock.merge(seen)).isEqualTo(isMerged);
        assertThat(clock.refusedMerges()).isEqualTo(isMerged ? 0 : 1);
        assertThat(clock.next().value() > seen.value()).isEqualTo(isMerged);
        assertThat(clock.furthestAheadMillis()).isEqualTo(isMerged ? Math.max(0, aheadMillis) : 0);
    }

    @Test
    void howFarAheadAnotherWasIsRememberedForAMinuteOrTwo() {
        clock.merge(Stamp.atMillis(START + 300));
        pass(Duration.ofSeconds(5));
        clock.merge(Stamp.atMillis(START + 5_100));
        assertThat(clock.furthestAheadMillis()).isEqualTo(300);
        pass(Duration.ofSeconds(60));
        clock.merge(Stamp.atMillis(START + 65_100));
        assertThat(clock.furthestAheadMillis()).isEqualTo(300);
        pass(Duration.ofSeconds(61));
        assertThat(clock.furthestAheadMillis()).isEqualTo(100);
        pass(Duration.ofSeconds(121));
        assertThat(clock.furthestAheadMillis()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "-1000, true", "1001, false", "-1001, false"})
    void fitToLeadWithinOneSecond(long deviationMillis, boolean isFit) {
        wallMillis.addAndGet(deviationMillis);
        assertThat(clock.deviationMillis()).isEqualTo(deviationMillis);
        assertThat(clock.isFitToLead()).isEqualTo(isFit);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wallMillis.addAndGet(time.toMillis());
    }
}
