package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.InMemoryAnnouncementChannel;
import io.twinspan.registry.sync.announce.InMemoryTopics;
import io.twinspan.registry.sync.announce.LedStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnSideTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Leadership LEADERSHIP =
            new Leadership(new Incarnation(Announcements.CREATED, 7), new LeaderEpoch(8));

    private final SteppedLoop loop = new SteppedLoop();
    private final InMemoryTopics topics = new InMemoryTopics();
    private final InMemoryAnnouncementChannel channel = topics.channel(WEST, Set.of(EAST));
    private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), loop::nanos);
    private final CrossDatacenterSync sync = new CrossDatacenterSync(
            new SyncSettings(
                    WEST,
                    "127.0.0.1:19092",
                    List.of(new PeerSettings(EAST, "127.0.0.1:19092", List.of(ScriptedPeer.META))),
                    SyncLimits.standard()),
            clock,
            loop,
            new Random(1),
            new SyncPorts(new NodeId("west-1"), new HeldDatums(), new ScriptedPeer(EAST), channel));

    @BeforeEach
    void start() {
        sync.start();
        loop.run();
    }

    @Test
    void aChangeIsAnnouncedAtOnceAndThoseThatFollowAreMerged() {
        lead();
        announce(entry(ID, 5));
        loop.run();
        assertThat(topics.written(WEST)).hasSize(1);

        announce(entry(ID, 6));
        loop.run();
        announce(entry(ID, 7));
        loop.run();
        assertThat(topics.written(WEST)).hasSize(1);
        loop.advance(SyncLimits.standard().mergeWindow());
        assertThat(topics.written(WEST)).hasSize(2);
        assertThat(topics.written(WEST).get(1).entries()).containsExactly(entry(ID, 7));
    }

    @Test
    void whatTheChannelHasNoRoomForIsTakenForAGapByThoseWhoRead() {
        lead();
        channel.setFull(true);
        announce(entry(ID, 5));
        loop.advance(LONG);
        channel.setFull(false);
        loop.advance(LONG);
        assertThat(topics.written(WEST)).isEmpty();
        assertThat(topics.summaries(WEST))
                .last()
                .satisfies(summary -> assertThat(summary.rootOfRoots())
                        .isNotEqualTo(topics.summaries(WEST).get(0).rootOfRoots()));
    }

    @Test
    void nothingIsAnnouncedOfASlotThatIsNotLedOrNotUnderThatEpoch() {
        announce(entry(ID, 5));
        loop.advance(LONG);
        lead();
        sync.announce(SlotId.of(ID), new LeaderEpoch(7), entry(ID, 6));
        loop.advance(LONG);
        assertThat(topics.written(WEST)).isEmpty();
        announce(entry(ID, 7));
        loop.advance(LONG);
        assertThat(topics.written(WEST)).hasSize(1);
    }

    private void lead() {
        sync.lead(new LedStart(SlotId.of(ID), LEADERSHIP, version(0), List.of()));
        loop.run();
    }

    private void announce(DigestEntry entry) {
        sync.announce(SlotId.of(entry.id()), LEADERSHIP.epoch(), entry);
    }
}
