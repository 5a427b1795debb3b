package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.AnnouncementPublisher;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.InMemoryAnnouncementChannel;
import io.twinspan.registry.sync.announce.InMemoryTopics;
import io.twinspan.registry.sync.announce.LedStart;
import io.twinspan.registry.sync.announce.PublisherLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A west that is told what the east announces, on manual time. */
class ListeningWest {
    static final DatacenterId EAST = new DatacenterId("east");
    static final DatacenterId WEST = new DatacenterId("west");
    static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    static final DataInfoId OTHER = DataInfoId.of("com.example.Payments");
    static final Duration LONG = Duration.ofMinutes(1);
    static final Duration SUMMARY = Duration.ofSeconds(5);
    static final Leadership LEADERSHIP = new Leadership(new Incarnation(Announcements.CREATED, 7), new LeaderEpoch(8));

    final SteppedLoop loop = new SteppedLoop();
    final InMemoryTopics topics = new InMemoryTopics();
    final InMemoryAnnouncementChannel channel = topics.channel(WEST, Set.of(EAST));
    final ScriptedPeer east = new ScriptedPeer(EAST);
    final HeldDatums held = new HeldDatums();
    final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), loop::nanos);
    final AnnouncementPublisher announcing = new AnnouncementPublisher(
            EAST,
            new NodeId("east-1"),
            clock,
            topics.channel(EAST, Set.of()),
            new PublisherLimits(256, Duration.ofHours(6), Duration.ofHours(24)));
    final CrossDatacenterSync sync = new CrossDatacenterSync(
            new SyncSettings(
                    WEST,
                    "127.0.0.1:19092",
                    List.of(new PeerSettings(
                            EAST, "127.0.0.1:19092", List.of(ScriptedPeer.META, ScriptedPeer.SECOND_META))),
                    SyncLimits.standard()),
            clock,
            loop,
            new Random(1),
            new SyncPorts(new NodeId("west-1"), held, east, channel));

    /** Lets time pass, in which the peer says now and then that it is there. */
    void pass(Duration time) {
        Duration left = time;
        while (!left.isNegative() && !left.isZero()) {
            Duration step = left.compareTo(SUMMARY) < 0 ? left : SUMMARY;
            loop.advance(step);
            announcing.summarize(loop.nanos());
            loop.run();
            left = left.minus(step);
        }
    }

    void start() {
        sync.start();
        loop.run();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            announcing.lead(new LedStart(new SlotId(slot), LEADERSHIP, version(0), List.of()), loop.nanos());
        }
        announcing.summarizeIfDue(loop.nanos());
        loop.run();
    }

    void tell(DigestEntry entry) {
        announcing.add(SlotId.of(entry.id()), LEADERSHIP.epoch(), entry);
        announcing.flush(loop.nanos());
    }

    static Function<DatumQuery, DatumAnswer> answerWith(long millis, boolean isConfirmed) {
        return query -> DatumAnswer.of(
                Datum.of(EAST, query.id(), version(millis), List.of(publisher()), List.of()),
                query.known(),
                isConfirmed);
    }

    static Publisher publisher() {
        return publisher("1");
    }

    static Publisher publisher(String registration) {
        return new Publisher(
                RegistrationId.ofSofa(registration),
                new RegistrationOrder(1, Stamp.ZERO),
                new Owner(new SessionIncarnation(new NodeId("east-1"), 1), 1),
                "DEFAULT_ZONE",
                "",
                "127.0.0.1:50000",
                List.of("127.0.0.1:12200"));
    }
}
