package io.twinspan.registry.sync.announce;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.sender;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementPublisherTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final SlotId SLOT = SlotId.of(ID);
    private static final Leadership LEADERSHIP =
            new Leadership(new Incarnation(Announcements.CREATED, 1), new LeaderEpoch(8));
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryTopics topics = new InMemoryTopics();
    private final InMemoryAnnouncementChannel channel = topics.channel(EAST, Set.of());
    private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), () -> 0);
    private final AnnouncementPublisher publisher = publisher();

    @Test
    void eachStepOfASlotIsOneAboveTheLastAndARestartBeginsAbove() {
        lead(publisher, 0);
        announce(1);
        announce(2);
        AnnouncementPublisher restarted = publisher();
        lead(restarted, 5_000);
        restarted.add(SLOT, LEADERSHIP.epoch(), entry(ID, 5_001));
        restarted.flush(0);
        List<Changed> written = topics.written(EAST);
        assertThat(written.get(1).order()).isEqualTo(written.get(0).order().next());
        assertThat(written.get(2).order().isAfter(written.get(1).order())).isTrue();
    }

    @Test
    void changesOfOneDatumAreMergedToTheNewest() {
        lead(publisher, 0);
        publisher.add(SLOT, LEADERSHIP.epoch(), entry(ID, 7));
        publisher.add(SLOT, LEADERSHIP.epoch(), entry(ID, 9));
        publisher.add(SLOT, LEADERSHIP.epoch(), entry(ID, 8));
        assertThat(publisher.flush(0)).isEqualTo(1);
        assertThat(topics.written(EAST))
                .singleElement()
                .satisfies(each -> assertThat(each.entries()).containsExactly(entry(ID, 9)));
    }

    @Test
    void aStepNobodyTookIsStillAStep() {
        lead(publisher, 0);
        announce(1);
        channel.setFull(true);
        announce(2);
        channel.setFull(false);
        announce(3);
        List<Changed> written = topics.written(EAST);
        assertThat(written).hasSize(2);
        assertThat(written.get(1).order().sequence())
                .isEqualTo(written.get(0).order().sequence() + 2);
        assertThat(publisher.notTaken()).isEqualTo(1);
    }

    @Test
    void aSummaryNamesWhatHasChangedAndComesToTheRootOfAll() {
        lead(publisher, 0);
        publisher.summarizeIfDue(0);
        publisher.summarize(5 * SECOND);
        announce(1);
        publisher.summarize(10 * SECOND);
        publisher.summarize(15 * SECOND);
        List<Summary> said = topics.summaries(EAST);
        assertThat(said).extracting(each -> each.slots().size()).containsExactly(1, 0, 1, 0);
        assertThat(said).extracting(Summary::isWhole).containsExactly(true, false, false, false);
        assertThat(said.get(3).rootOfRoots())
                .isEqualTo(Root.of(said.get(2).slots().get(0)));
    }

    @Test
    void whatIsAskedIsAnsweredOnceASecondForAllWhoAsk() {
        lead(publisher, 0);
        announce(1);
        Pull pull = new Pull(sender(WEST), EAST, SlotId.COUNT, Set.of(SLOT), true);
        publisher.onPull(pull, 2 * SECOND);
        publisher.onPull(pull, 2 * SECOND + SECOND / 2);
        assertThat(topics.fulls(EAST)).hasSize(1);
        assertThat(topics.summaries(EAST)).hasSize(1);
        assertThat(publisher.isWholeDue()).isTrue();
        publisher.onPull(pull, 4 * SECOND);
        assertThat(topics.fulls(EAST)).hasSize(2);
        assertThat(topics.summaries(EAST)).hasSize(2);
    }

    @Test
    void questionsToOthersAndOfADatacenterThatDividesOtherwiseAreNotAnswered() {
        lead(publisher, 0);
        publisher.onPull(new Pull(sender(WEST), WEST, SlotId.COUNT, Set.of(SLOT), true), 0);
        publisher.onPull(new Pull(sender(WEST), EAST, 128, Set.of(SLOT), true), 0);
        assertThat(topics.fulls(EAST)).isEmpty();
        assertThat(topics.summaries(EAST)).isEmpty();
    }

    @Test
    void aWholeSlotComesInPartsOfOnePlaceAndWaitsForRoom() {
        List<DigestEntry> entries = Announcements.entriesOf(SLOT, 10);
        publisher.lead(new LedStart(SLOT, LEADERSHIP, version(100), entries), 0);
        channel.setFull(true);
        publisher.onPull(new Pull(sender(WEST), EAST, SlotId.COUNT, Set.of(SLOT), false), 0);
        assertThat(topics.fulls(EAST)).isEmpty();
        channel.setFull(false);
        publisher.onRoom();
        List<Full> parts = topics.fulls(EAST);
        assertThat(parts)
                .hasSize(4)
                .extracting(Full::frozen)
                .containsOnly(parts.get(0).frozen());
        assertThat(parts).flatExtracting(Full::entries).containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void everySlotIsAnnouncedWholeOnceInSixHoursWithoutBeingAsked() {
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            publisher.lead(new LedStart(new SlotId(slot), LEADERSHIP, version(0), List.of()), 0);
        }
        for (long at = 0; at <= 6 * 3_600; at += 5) {
            publisher.summarize(at * SECOND);
        }
        assertThat(topics.fulls(EAST)).hasSize(SlotId.COUNT);
        assertThat(topics.fulls(EAST)).extracting(Full::slot).doesNotHaveDuplicates();
    }

    @Test
    void theWindowGrowsOnlyWhereThereIsMuchToSay() {
        MergeWindow window = new MergeWindow(Duration.ofMillis(3), Duration.ofMillis(50));
        assertThat(window.next(1, SECOND / 100)).isEqualTo(3_000_000);
        long next = 3_000_000;
        for (int round = 0; round < 10; round++) {
            next = window.next((int) Math.max(2, next / 1_000_000), next);
        }
        assertThat(next).isEqualTo(50_000_000);
        for (int round = 0; round < 10; round++) {
            next = window.next(1, SECOND / 50);
        }
        assertThat(next).isEqualTo(3_000_000);
    }

    private void announce(long millis) {
        publisher.add(SLOT, LEADERSHIP.epoch(), entry(ID, millis));
        publisher.flush(0);
    }

    private static void lead(AnnouncementPublisher by, long millis) {
        by.lead(new LedStart(SLOT, LEADERSHIP, version(millis), List.of()), 0);
    }

    private AnnouncementPublisher publisher() {
        return new AnnouncementPublisher(
                EAST,
                sender(EAST).node(),
                clock,
                channel,
                new PublisherLimits(3, Duration.ofHours(6), Duration.ofHours(24)));
    }
}
