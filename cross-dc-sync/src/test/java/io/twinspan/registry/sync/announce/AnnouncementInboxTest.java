package io.twinspan.registry.sync.announce;

import static io.twinspan.registry.sync.announce.Announcements.changed;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnouncementInboxTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");

    private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), () -> 0);
    private final AnnouncementInbox inbox = new AnnouncementInbox(EAST, clock);

    @Test
    void anAnnouncementIsNewsOnlyOnce() {
        assertThat(inbox.accept(changed(EAST, order(0, 1, 1), entry(ID, 5)))).containsExactly(entry(ID, 5));
        assertThat(inbox.accept(changed(EAST, order(0, 1, 1), entry(ID, 5)))).isEmpty();
        assertThat(inbox.repeated()).isEqualTo(1);
        assertThat(inbox.find(ID)).contains(entry(ID, 5));
    }

    @Test
    void nothingAtOrBelowTheLastSequenceIsTaken() {
        inbox.accept(changed(EAST, order(0, 1, 7), entry(ID, 5)));
        assertThat(inbox.accept(changed(EAST, order(0, 1, 6), entry(ID, 9)))).isEmpty();
        assertThat(inbox.find(ID)).contains(entry(ID, 5));
    }

    @Test
    void aLowerEpochIsIgnoredAndAHigherOneBeginsAnew() {
        inbox.accept(changed(EAST, order(0, 2, 100), entry(ID, 5)));
        assertThat(inbox.accept(changed(EAST, order(0, 1, 200), entry(ID, 9)))).isEmpty();
        assertThat(inbox.accept(changed(EAST, order(0, 3, 1), entry(ID, 9)))).hasSize(1);
    }

    @Test
    void aDatacenterRebuiltOnEmptyDisksIsNotIgnored() {
        inbox.accept(changed(EAST, order(0, 9, 900), entry(ID, 5)));
        assertThat(inbox.accept(changed(EAST, order(1, 1, 1), entry(ID, 9)))).hasSize(1);
    }

    @Test
    void anOlderVersionSentAgainUnderALaterSequenceChangesNothing() {
        inbox.accept(changed(EAST, order(0, 1, 1), entry(ID, 9)));
        assertThat(inbox.accept(changed(EAST, order(0, 1, 2), entry(ID, 5)))).isEmpty();
        assertThat(inbox.find(ID)).contains(entry(ID, 9));
    }

    @Test
    void aVersionMoreThanAMinuteAheadIsRefusedAndCounted() {
        assertThat(inbox.accept(changed(EAST, order(0, 1, 1), entry(ID, 60_001))))
                .isEmpty();
        assertThat(inbox.accept(changed(EAST, order(0, 1, 2), entry(ID, 59_999))))
                .hasSize(1);
        assertThat(inbox.refused()).isEqualTo(1);
    }

    @Test
    void aRecordThatNamesAnotherDatacenterIsRefused() {
        assertThat(inbox.accept(changed(WEST, order(0, 1, 1), entry(ID, 5)))).isEmpty();
        assertThat(inbox.find(ID)).isEmpty();
        assertThat(inbox.refused()).isEqualTo(1);
    }
}
