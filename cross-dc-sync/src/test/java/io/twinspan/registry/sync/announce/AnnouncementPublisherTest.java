package io.twinspan.registry.sync.announce;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementPublisherTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final Incarnation LIFE = new Incarnation(Announcements.CREATED, 1);

    private final InMemoryTopics topics = new InMemoryTopics();
    private final InMemoryAnnouncementChannel channel = topics.channel(EAST, Set.of());
    private final AnnouncementPublisher publisher = publisherAt(0);

    @Test
    void changesOfOneDatumAreMergedToTheNewest() {
        publisher.add(change(ID, 1, 7));
        publisher.add(change(ID, 1, 9));
        publisher.add(change(ID, 1, 8));
        assertThat(publisher.flush(LIFE)).isTrue();

        assertThat(topics.written(EAST)).hasSize(1);
        assertThat(topics.written(EAST).get(0).entries()).containsExactly(entry(ID, 9));
    }

    @Test
    void sequencesOfASlotRiseByOneAndGoOnAboveThemAfterARestart() {
        announce(publisher, 1);
        announce(publisher, 2);
        announce(publisherAt(1_000), 3);

        List<Long> sequences = topics.written(EAST).stream()
                .map(each -> each.order().sequence())
                .toList();
        assertThat(sequences.get(1)).isEqualTo(sequences.get(0) + 1);
        assertThat(sequences.get(2)).isGreaterThan(sequences.get(1));
    }

    @Test
    void aChannelWithoutRoomCostsNothingButTheOlderVersions() {
        channel.setFull(true);
        publisher.add(change(ID, 1, 7));
        assertThat(publisher.flush(LIFE)).isFalse();
        publisher.add(change(ID, 1, 9));
        assertThat(publisher.waiting()).isEqualTo(1);
        channel.setFull(false);
        assertThat(publisher.flush(LIFE)).isTrue();

        assertThat(topics.written(EAST)).hasSize(1);
        assertThat(topics.written(EAST).get(0).entries()).containsExactly(entry(ID, 9));
        assertThat(publisher.waiting()).isZero();
    }

    @Test
    void whatCouldNotBeSentIsAnnouncedAgainUnlessANewerVersionWaits() {
        announce(publisher, 5);
        publisher.addAgain(topics.written(EAST).get(0));
        publisher.flush(LIFE);
        assertThat(topics.written(EAST)).hasSize(2);
        assertThat(topics.written(EAST).get(1).entries()).containsExactly(entry(ID, 5));

        publisher.add(change(ID, 1, 9));
        publisher.addAgain(topics.written(EAST).get(1));
        publisher.flush(LIFE);
        assertThat(topics.written(EAST).get(2).entries()).containsExactly(entry(ID, 9));
    }

    @Test
    void slotsAndLeadershipsAreNeverMixedAndNoAnnouncementIsBeyondItsBound() {
        DataInfoId other = DataInfoId.of("com.example.Payments");
        for (int i = 0; i < 1_000; i++) {
            publisher.add(change(DataInfoId.of("service-" + i), 1, i));
        }
        publisher.add(change(ID, 1, 1));
        publisher.add(change(other, 2, 1));
        publisher.flush(LIFE);

        assertThat(topics.written(EAST))
                .allSatisfy(each -> assertThat(each.entries())
                        .hasSizeLessThanOrEqualTo(3)
                        .allSatisfy(entry -> assertThat(SlotId.of(entry.id())).isEqualTo(each.slot())));
        assertThat(topics.written(EAST).stream()
                        .mapToInt(each -> each.entries().size())
                        .sum())
                .isEqualTo(1_002);
        assertThat(publisher.announced()).isEqualTo(1_002);
    }

    private void announce(AnnouncementPublisher by, long millis) {
        by.add(change(ID, 1, millis));
        by.flush(LIFE);
    }

    private AnnouncementPublisher publisherAt(long millis) {
        HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED + millis), () -> 0);
        return new AnnouncementPublisher(EAST, Announcements.sender(EAST).node(), clock, channel, 3);
    }

    private static OwnChange change(DataInfoId id, long epoch, long millis) {
        return new OwnChange(SlotId.of(id), new LeaderEpoch(epoch), entry(id, millis));
    }
}
