package io.twinspan.registry.sync.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link AnnouncementChannel} must do. */
public interface AnnouncementChannelContract {
    /** The longest that anything here may take; far above what a healthy broker needs. */
    Duration BOUND = Duration.ofSeconds(30);

    DatacenterId EAST = new DatacenterId("east");
    DatacenterId WEST = new DatacenterId("west");
    DataInfoId ID = DataInfoId.of("com.example.Orders");

    /** A channel that has not been started, among those of this test; whoever made it closes it after the test. */
    AnnouncementChannel channel(DatacenterId own, Set<DatacenterId> peers);

    @Test
    default void whatOneDatacenterOffersAnotherIsTold() {
        AnnouncementChannel east = channel(EAST, Set.of(WEST));
        AnnouncementChannel west = channel(WEST, Set.of(EAST));
        RecordingListener inWest = new RecordingListener();
        RecordingListener inEast = new RecordingListener();
        east.start(inEast);
        west.start(inWest);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.inDoubt).containsExactly(EAST));
        Changed announcement = Announcements.changed(EAST, Announcements.order(0, 1, 1), Announcements.entry(ID, 5));

        assertThat(east.offer(announcement)).isTrue();

        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).containsExactly(announcement));
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).containsExactly(true));
        assertThat(inEast.changed).isEmpty();
    }

    @Test
    default void whoStartsLateIsToldThatItMayHaveMissedSomethingAndThenEverythingInOrder() {
        AnnouncementChannel east = channel(EAST, Set.of());
        east.start(new RecordingListener());
        assertThat(east.offer(Announcements.changed(EAST, Announcements.order(0, 1, 1), Announcements.entry(ID, 1))))
                .isTrue();
        RecordingListener late = new RecordingListener();
        channel(WEST, Set.of(EAST)).start(late);
        await().atMost(BOUND).untilAsserted(() -> assertThat(late.inDoubt).containsExactly(EAST));
        List<Announcement> announcements = new ArrayList<>();
        for (int i = 2; i <= 20; i++) {
            announcements.add(Announcements.changed(EAST, Announcements.order(0, 1, i), Announcements.entry(ID, i)));
        }
        announcements.forEach(each -> assertThat(east.offer(each)).isTrue());

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(late.changed).endsWith(announcements.toArray(Announcement[]::new)));
        // The first look may have come before the other side had made its topic.
        assertThat(late.reading).last().isEqualTo(true);
    }

    @Test
    default void whatOneDatacenterIsAskedItIsTold() {
        AnnouncementChannel east = channel(EAST, Set.of(WEST));
        AnnouncementChannel west = channel(WEST, Set.of(EAST));
        RecordingListener inEast = new RecordingListener();
        RecordingListener inWest = new RecordingListener();
        east.start(inEast);
        west.start(inWest);
        Pull pull =
                new Pull(Announcements.sender(WEST), EAST, SlotId.COUNT, Set.of(new SlotId(0), new SlotId(255)), true);

        // Nothing tells when the asked side has begun to read: whoever gets no answer asks again.
        await().atMost(BOUND).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            west.ask(pull);
            assertThat(inEast.pulls).contains(pull);
        });
        assertThat(inWest.pulls).isEmpty();
    }

    @Test
    default void aChannelThatWasClosedTellsNothingMore() {
        AnnouncementChannel east = channel(EAST, Set.of());
        AnnouncementChannel west = channel(WEST, Set.of(EAST));
        AnnouncementChannel other = channel(new DatacenterId("north"), Set.of(EAST));
        RecordingListener closed = new RecordingListener();
        RecordingListener open = new RecordingListener();
        east.start(new RecordingListener());
        west.start(closed);
        other.start(open);
        await().atMost(BOUND).untilAsserted(() -> assertThat(open.inDoubt).containsExactly(EAST));
        west.close();

        assertThat(east.offer(Announcements.changed(EAST, Announcements.order(0, 1, 1), Announcements.entry(ID, 5))))
                .isTrue();

        await().atMost(BOUND).untilAsserted(() -> assertThat(open.changed).hasSize(1));
        assertThat(closed.changed).isEmpty();
    }
}
