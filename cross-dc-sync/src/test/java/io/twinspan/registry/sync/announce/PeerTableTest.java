package io.twinspan.registry.sync.announce;

import static io.twinspan.registry.sync.announce.Announcements.emptied;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.order;
import static io.twinspan.registry.sync.announce.Announcements.sender;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final SlotId SLOT = SlotId.of(ID);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final long MILLI = 1_000_000;
    /** All slots but one, of which nothing is ever said here. */
    private static final int UNHEARD = SlotId.COUNT - 1;

    private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), () -> 0);
    private final PeerTable table = new PeerTable(
            EAST,
            clock,
            new PullLimits(Duration.ofMillis(200), 64, SILENCE, Duration.ofHours(24), Duration.ofSeconds(60), 30, 2),
            0);
    private long now;

    @BeforeEach
    void theSlotIsKnownToBeEmptyAtSequenceTen() {
        table.on(summary(root(order(0, 1, 10))), now);
        assertThat(table.nextQuestion(now)).isEmpty();
    }

    @Test
    void whatFollowsInOrderIsNewsAndWhatIsRepeatedIsNot() {
        assertThat(changed(11, entry(ID, 5))).containsExactly(entry(ID, 5));
        assertThat(changed(11, entry(ID, 6))).isEmpty();
        assertThat(changed(10, entry(ID, 7))).isEmpty();
        assertThat(table.find(ID)).contains(entry(ID, 5));
        assertThat(table.counts().repeated()).isEqualTo(2);
    }

    @Test
    void aGapWaitsAMomentForWhatIsMissingAndIsThenPulled() {
        assertThat(changed(12, entry(ID, 6))).isEmpty();
        now = 199 * MILLI;
        assertThat(table.nextQuestion(now)).isEmpty();
        now = 200 * MILLI;
        assertThat(table.nextQuestion(now)).contains(new Question(Set.of(SLOT), false, false));
        assertThat(table.nextQuestion(now)).isEmpty();
    }

    @Test
    void whatWasMissingAndComesAfterAllIsAppliedInOrder() {
        changed(13, entry(ID, 7));
        changed(12, entry(ID, 6));
        assertThat(table.facts(now, id -> true).lag()).isEqualTo(3);
        assertThat(changed(11, entry(ID, 5))).containsExactly(entry(ID, 5), entry(ID, 6), entry(ID, 7));
        assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD);
    }

    @Test
    void aLowerEpochIsIgnoredAndAHigherOneIsPulledAtOnce() {
        changed(11, entry(ID, 5));
        assertThat(on(order(0, 0, 99), entry(ID, 9))).isEmpty();
        assertThat(table.nextQuestion(now)).isEmpty();
        assertThat(on(order(0, 2, 1), entry(ID, 9))).isEmpty();
        assertThat(table.nextQuestion(now)).isPresent();
        assertThat(table.find(ID)).contains(entry(ID, 5));
    }

    @Test
    void aLaterLeaderWithTheSameContentNeedsNoPull() {
        changed(11, entry(ID, 5));
        table.on(summary(root(order(0, 2, 500), entry(ID, 5))), now);
        assertThat(table.nextQuestion(now)).isEmpty();
        assertThat(on(order(0, 2, 501), entry(ID, 9))).containsExactly(entry(ID, 9));
    }

    @Test
    void anotherRootAtAnEqualPlaceIsPulledAndAtALaterPlaceOnlyAfterTheWait() {
        changed(11, entry(ID, 5));
        table.on(summary(root(order(0, 1, 11), entry(ID, 6))), now);
        assertThat(table.nextQuestion(now)).isPresent();
    }

    @Test
    void anEarlierPlaceIsComparedWithWhatWasThere() {
        changed(11, entry(ID, 5));
        changed(12, entry(ID, 6));
        table.on(summary(root(order(0, 1, 11), entry(ID, 5))), now);
        assertThat(table.nextQuestion(now).filter(question -> !question.slots().isEmpty()))
                .isEmpty();
        table.on(summary(root(order(0, 1, 11), entry(ID, 4))), now);
        assertThat(table.nextQuestion(now).orElseThrow().slots()).containsExactly(SLOT);
    }

    @Test
    void aFullIsInstalledWholeAndWhatChangedMeanwhileIsAppliedAfterIt() {
        DataInfoId gone = sibling(1);
        DataInfoId other = sibling(2);
        changed(11, entry(gone, 5));
        changed(13, entry(ID, 8));
        now = 200 * MILLI;
        table.nextQuestion(now);
        changed(14, entry(ID, 9));
        SlotRoot frozen = root(order(0, 1, 13), entry(ID, 8), entry(other, 7));
        assertThat(full(frozen, 1, 2, entry(other, 7))).isEmpty();
        List<DigestEntry> news = full(frozen, 0, 2, entry(ID, 8));

        assertThat(news)
                .containsExactlyInAnyOrder(
                        entry(ID, 8), entry(other, 7), new DigestEntry(gone, frozen.watermark(), 0, 0), entry(ID, 9));
        assertThat(table.find(ID)).contains(entry(ID, 9));
        assertThat(table.isInOrder(SLOT)).isTrue();
    }

    @Test
    void whatAFullDoesNotNameIsEmptyAsOfItsWatermarkAndLaterVersionsCount() {
        changed(12, entry(ID, 6));
        now = 200 * MILLI;
        table.nextQuestion(now);
        SlotRoot frozen = new SlotRoot(SLOT, order(0, 1, 12), 0, Root.ZERO, version(50));
        full(frozen, 0, 1);
        assertThat(table.find(ID)).contains(new DigestEntry(ID, version(50), 0, 0));
        assertThat(changed(13, entry(ID, 51))).containsExactly(entry(ID, 51));
    }

    @Test
    void whatCameAndWentInPlacesThatWereMissedIsEmptyAsOfTheWatermarkAndLookedAtAgain() {
        changed(11, entry(ID, 5));
        changed(12, new DigestEntry(ID, version(6), 0, 0));
        PeerNews news = table.on(summary(new SlotRoot(SLOT, order(0, 1, 14), 0, Root.ZERO, version(50))), now);
        assertThat(news.known()).containsExactly(SLOT);
        assertThat(table.find(ID, version(7))).contains(new DigestEntry(ID, version(50), 0, 0));
        assertThat(table.find(ID, version(6))).contains(new DigestEntry(ID, version(6), 0, 0));
        assertThat(table.on(summary(new SlotRoot(SLOT, order(0, 1, 14), 0, Root.ZERO, version(50))), now)
                        .known())
                .isEmpty();
    }

    @Test
    void whatIsNotNamedIsNotEmptyAsOfAWatermarkFarInTheFuture() {
        changed(11, entry(ID, Duration.ofMinutes(10).toMillis()));
        DataInfoId another = IntStream.range(0, 100_000)
                .mapToObj(number -> DataInfoId.of("another-" + number))
                .filter(each -> SlotId.of(each).equals(SLOT))
                .findFirst()
                .orElseThrow();
        assertThat(table.find(another)).isEmpty();
    }

    @Test
    void aFullFrozenBeforeWhatIsAppliedNeverTakesTheSlotBack() {
        changed(11, entry(ID, 5));
        changed(12, entry(ID, 6));
        table.on(summary(root(order(0, 1, 12), entry(ID, 7))), now);
        table.nextQuestion(now);
        SlotRoot frozen = root(order(0, 1, 11), entry(ID, 5));
        assertThat(full(frozen, 0, 1, entry(ID, 5))).isEmpty();
        assertThat(table.find(ID)).contains(entry(ID, 6));
    }

    @Test
    void tooMuchToKeepIsPulledAgain() {
        for (int i = 0; i <= PeerSlot.MOST_KEPT + 5; i++) {
            changed(12 + i, entry(ID, 6 + i));
        }
        now = 200 * MILLI;
        assertThat(table.nextQuestion(now)).isPresent();
        full(root(order(0, 1, 12), entry(ID, 6)), 0, 1, entry(ID, 6));
        assertThat(table.isInOrder(SLOT)).isFalse();
        now = 2_000 * MILLI;
        assertThat(table.nextQuestion(now)).isPresent();
    }

    @Test
    void pausesBetweenPullsGrowToFiveMinutes() {
        changed(12, entry(ID, 6));
        List<Long> askedSeconds = new ArrayList<>();
        for (long second = 1; second < 3_600; second++) {
            now = second * 1_000 * MILLI;
            if (table.nextQuestion(now).isPresent()) {
                askedSeconds.add(second);
            }
        }
        assertThat(askedSeconds).startsWith(1L, 5L, 10L, 17L, 28L).hasSizeBetween(15, 25);
        long last = askedSeconds.get(askedSeconds.size() - 1);
        assertThat(last - askedSeconds.get(askedSeconds.size() - 2)).isBetween(300L, 305L);
    }

    @Test
    void pullsThatDoNotHealMakeThePeerIncompatible() {
        for (int round = 0; round < 3; round++) {
            assertThat(table.facts(now, id -> true).notHealing()).isEmpty();
            now += 400_000 * MILLI;
            table.on(summary(root(order(0, 1, 10), entry(ID, 99))), now);
            now += 1_000 * MILLI;
            table.nextQuestion(now);
            full(root(order(0, 1, 10), entry(ID, 5)), 0, 1, entry(ID, 5));
        }
        assertThat(table.facts(now, id -> true).notHealing()).contains("does not agree");
    }

    @Test
    void answersThatAreNotWhatTheySayMakeThePeerIncompatible() {
        table.on(summary(root(order(0, 1, 11), entry(ID, 5))), now);
        for (int round = 0; round < 3; round++) {
            assertThat(table.facts(now, id -> true).notHealing()).isEmpty();
            now += 400_000 * MILLI;
            table.nextQuestion(now);
            full(root(order(0, 1, 11), entry(ID, 5)), 0, 1, entry(ID, 6));
        }
        assertThat(table.facts(now, id -> true).notHealing()).contains("does not agree");
    }

    @Test
    void aBusySlotThatIsBehindAtEachLookIsPulledWithoutEverLongerPauses() {
        for (int round = 1; round <= 10; round++) {
            now += 5_000 * MILLI;
            SlotRoot there = root(order(0, 1, 10 + round), entry(ID, 5 + round));
            table.on(summary(there), now);
            now += 200 * MILLI;
            assertThat(table.nextQuestion(now)).as("round %s", round).isPresent();
            full(there, 0, 1, entry(ID, 5 + round));
            assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD);
        }
        assertThat(table.facts(now, id -> true).notHealing()).isEmpty();
    }

    @Test
    void anotherNumberOfSlotsIsRefusedWithBothNumbersNamed() {
        table.on(new Summary(sender(EAST), 128, List.of(), true, 0, Root.ZERO), now);
        assertThat(changed(11, entry(ID, 5))).isEmpty();
        assertThat(table.facts(now, id -> true).notHealing()).contains("128").contains("256");
        table.on(summary(root(order(0, 1, 10))), now);
        assertThat(changed(11, entry(ID, 5))).hasSize(1);
        assertThat(table.facts(now, id -> true).notHealing()).isEmpty();
    }

    @Test
    void whatWasMissedUnderAnotherNumberOfSlotsIsAskedForOnceTheNumberIsRight() {
        changed(11, entry(ID, 5));
        table.on(new Summary(sender(EAST), 128, List.of(), false, 0, Root.ZERO), now);
        SlotId other = new SlotId((SLOT.number() + 1) % SlotId.COUNT);
        SlotRoot behind = new SlotRoot(other, order(0, 1, 7), 1, new Root(1, 2), version(40));
        table.on(new Summary(sender(EAST), SlotId.COUNT, List.of(behind), false, 2, new Root(3, 4)), now);
        assertThat(table.nextQuestion(now)).contains(new Question(Set.of(other), true, false));
    }

    @Test
    void whatNamesAnotherDatacenterIsRefused() {
        Changed own = Announcements.changed(new DatacenterId("west"), order(0, 1, 11), entry(ID, 5));
        assertThat(table.on(own, now)).isEqualTo(PeerNews.NONE);
        assertThat(table.counts().refused()).isEqualTo(1);
    }

    @Test
    void aVersionTooFarAheadIsNotUsedUntilItIsNot() {
        assertThat(changed(11, entry(ID, 60_001))).isEmpty();
        assertThat(table.find(ID)).isEmpty();
        assertThat(table.facts(now, id -> true).aside()).isEqualTo(1);
        assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD);
        assertThat(changed(12, entry(ID, 5))).containsExactly(entry(ID, 5));
        assertThat(table.facts(now, id -> true).aside()).isZero();
    }

    @Test
    void servicesThatEmptyInNumbersAreHeldUntilReleasedOrAnsweredFor() {
        DataInfoId second = sibling(1);
        DataInfoId third = sibling(2);
        changed(11, entry(ID, 1));
        changed(12, entry(second, 2));
        changed(13, entry(third, 3));
        assertThat(changed(14, emptied(ID, 4))).containsExactly(emptied(ID, 4));
        assertThat(changed(15, emptied(second, 5))).isEmpty();
        assertThat(changed(16, emptied(third, 6))).isEmpty();
        assertThat(table.isHeld(second)).isTrue();
        assertThat(table.facts(now, id -> true).held()).isEqualTo(2);

        table.onAnswered(second);
        assertThat(table.release()).containsExactly(emptied(third, 6));
        assertThat(table.facts(now, id -> true).held()).isZero();
    }

    @Test
    void whatNobodySpeaksForAnyMoreIsInDoubtThoughNothingContradictsIt() {
        changed(11, entry(ID, 5));
        now += SILENCE.toNanos();
        assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD);
        now += 1_000 * MILLI;
        assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD + 1);
        assertThat(table.facts(now, id -> true).inDoubtFor()).isEqualTo(SILENCE.plusSeconds(1));
        assertThat(table.find(ID)).contains(entry(ID, 5));
        Root all = Root.of(root(order(0, 1, 11), entry(ID, 5)));
        table.on(new Summary(sender(EAST), SlotId.COUNT, List.of(), false, 1, all), now);
        assertThat(table.facts(now, id -> true).slotsInDoubt()).isEqualTo(UNHEARD);
    }

    @Test
    void aLaterFormatIsTheReasonOnlyWhileItIsHeard() {
        table.onInDoubt();
        table.onUnreadable(0, 1, now);
        assertThat(table.facts(now, id -> true).notHealing()).contains("later format");
        now += SILENCE.toNanos() + MILLI;
        assertThat(table.facts(now, id -> true).notHealing()).isEmpty();
    }

    @Test
    void aNodeWhoseSlotsDoNotComeToWhatItSaysIsAskedForAWholeSummary() {
        changed(11, entry(ID, 5));
        Summary idle = new Summary(sender(EAST), SlotId.COUNT, List.of(), false, 2, new Root(1, 2));
        table.on(idle, now);
        assertThat(table.nextQuestion(now)).contains(new Question(Set.of(), true, false));
    }

    private List<DigestEntry> changed(long sequence, DigestEntry entry) {
        return on(order(0, 1, sequence), entry);
    }

    private List<DigestEntry> on(AnnouncementOrder place, DigestEntry entry) {
        return table.on(Announcements.changed(EAST, place, entry), now).entries();
    }

    private List<DigestEntry> full(SlotRoot frozen, int chunk, int chunks, DigestEntry... entries) {
        return table.on(new Full(sender(EAST), frozen, chunk, chunks, List.of(entries)), now)
                .entries();
    }

    private static Summary summary(SlotRoot root) {
        return new Summary(sender(EAST), SlotId.COUNT, List.of(root), true, 1, Root.of(root));
    }

    private static SlotRoot root(AnnouncementOrder place, DigestEntry... entries) {
        VersionTable content = new VersionTable();
        for (DigestEntry each : entries) {
            content.put(each);
        }
        return new SlotRoot(SLOT, place, content.count(), content.root(), version(40));
    }

    /** Another service of the same slot. */
    private static DataInfoId sibling(int which) {
        int found = 0;
        for (int i = 0; ; i++) {
            DataInfoId id = DataInfoId.of("com.example.Sibling" + i);
            if (SlotId.of(id).equals(SLOT) && ++found == which) {
                return id;
            }
        }
    }
}
