package io.twinspan.registry.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DatumVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionMintTest {
    private static final long START = 1_767_225_600_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void versionsRiseAndCarryTheEpochWhateverTheClockDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VersionMint mint = new VersionMint(new LeaderEpoch(258), DatumVersion.NONE);
        DatumVersion last = DatumVersion.NONE;
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(20) == 0) {
                mint.raise(new DatumVersion(Math.max(0, last.value() + random.nextInt(-5_000, 5_000))));
            }
            DatumVersion floor = mint.last();
            DatumVersion next = mint.next(
                    new Stamp(Math.max(0, Stamp.atMillis(START).value() + random.nextInt(-1_000, 1_000) * 64L)));
            assertThat(next.isAfter(last)).isTrue();
            assertThat(next.isAfter(floor)).isTrue();
            assertThat(next.value() & 0xff).isEqualTo(2);
            last = next;
        }
    }

    @Test
    void twoLeadersAliveAtOnceNeverMintTheSame() {
        VersionMint old = new VersionMint(new LeaderEpoch(1), DatumVersion.NONE);
        VersionMint young = new VersionMint(new LeaderEpoch(2), DatumVersion.NONE);
        Set<DatumVersion> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(old.next(Stamp.atMillis(START)))).isTrue();
            assertThat(seen.add(young.next(Stamp.atMillis(START)))).isTrue();
        }
    }

    @Test
    void newLeadershipStartsAboveTheCeilingOfTheOld() {
        VersionMint old = new VersionMint(new LeaderEpoch(1), DatumVersion.NONE);
        DatumVersion ceiling = old.moveCeiling(clockAt(START));
        VersionMint young = new VersionMint(new LeaderEpoch(2), ceiling);
        assertThat(young.next(Stamp.atMillis(START - 5_000)).isAfter(ceiling)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "4999, false", "5000, false", "5001, true", "11000, true"})
    void ceilingIsDueWhenTheClockIsHalfWayThere(long laterMillis, boolean isDue) {
        VersionMint mint = new VersionMint(LeaderEpoch.NONE.next(), DatumVersion.NONE);
        assertThat(mint.needsCeiling(clockAt(START))).isTrue();
        assertThat(new Stamp(mint.moveCeiling(clockAt(START)).value()).millis()).isEqualTo(START + 10_000);
        assertThat(mint.needsCeiling(clockAt(START + laterMillis))).isEqualTo(isDue);
    }

    @Test
    void ceilingIsDueWhenMintedNumbersRunAheadOfTheClock() {
        VersionMint mint = new VersionMint(LeaderEpoch.NONE.next(), DatumVersion.NONE);
        DatumVersion ceiling = mint.moveCeiling(clockAt(START));
        mint.raise(ceiling);
        assertThat(mint.needsCeiling(clockAt(START))).isTrue();
        assertThat(mint.moveCeiling(clockAt(START)).isAfter(ceiling)).isTrue();
    }

    @Test
    void restartsInQuickSuccessionCarryTheNumbersBarelyIntoTheFuture() {
        DatumVersion ceiling = DatumVersion.NONE;
        for (int i = 0; i < 20; i++) {
            VersionMint mint = new VersionMint(new LeaderEpoch(i + 1), ceiling);
            ceiling = mint.moveCeiling(clockAt(START + i * 1_000L));
        }
        assertThat(new Stamp(ceiling.value()).millis() - START).isLessThanOrEqualTo(30_000);
    }

    @Test
    void aClockThatVersionsCarryAheadDoesNotCarryTheCeilingsFurther() {
        DatumVersion ceiling = DatumVersion.NONE;
        for (int i = 0; i < 20; i++) {
            HybridClock clock = clockAt(START + i * 1_000L);
            // Somebody was shown what the leader before minted, right above its own floor, and told everybody.
            clock.merge(new Stamp(ceiling.value()));
            VersionMint mint = new VersionMint(new LeaderEpoch(i + 1), ceiling);
            mint.moveCeiling(clock);
            clock.merge(new Stamp(mint.next(clock.next()).value()));
            ceiling = mint.moveCeiling(clock);
            assertThat(ceiling.isAfter(mint.next(clock.next()))).isTrue();
        }
        assertThat(new Stamp(ceiling.value()).millis() - START).isLessThanOrEqualTo(31_000);
    }

    private static HybridClock clockAt(long millis) {
        return new HybridClock(() -> Instant.ofEpochMilli(millis), () -> 0);
    }
}
