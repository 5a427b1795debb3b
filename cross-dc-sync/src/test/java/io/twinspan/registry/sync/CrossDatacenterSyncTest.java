package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.emptied;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class CrossDatacenterSyncTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");
    private static final DataInfoId OTHER = DataInfoId.of("com.example.Payments");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SUMMARY = Duration.ofSeconds(5);
    private static final Leadership LEADERSHIP =
            new Leadership(new Incarnation(Announcements.CREATED, 7), new LeaderEpoch(8));

    private final SteppedLoop loop = new SteppedLoop();
    private final InMemoryTopics topics = new InMemoryTopics();
    private final InMemoryAnnouncementChannel channel = topics.channel(WEST, Set.of(EAST));
    private final ScriptedPeer east = new ScriptedPeer(EAST);
    private final HeldDatums held = new HeldDatums();
    private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(Announcements.CREATED), loop::nanos);
    private final AnnouncementPublisher announcing = new AnnouncementPublisher(
            EAST,
            new NodeId("east-1"),
            clock,
            topics.channel(EAST, Set.of()),
            new PublisherLimits(256, Duration.ofHours(6), Duration.ofHours(24)));
    private final CrossDatacenterSync sync = new CrossDatacenterSync(
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

    @Test
    void nothingIsFetchedUntilSomebodyWantsItAndThenExactlyOnce() {
        start();
        east.answers.put(ID, answerWith(5, true));
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(east.fetches).isEmpty();

        sync.interest(ID, true);
        sync.confirm(EAST, ID);
        pass(LONG);

        assertThat(east.fetches).hasSize(1);
        assertThat(held.installs)
                .singleElement()
                .satisfies(datum -> assertThat(datum.version()).isEqualTo(version(5)));
    }

    @Test
    void whatThePeerNeverNamedIsNotAskedFor() {
        start();
        tell(entry(OTHER, 5));
        sync.interest(ID, true);
        sync.confirm(EAST, ID);
        pass(LONG);
        assertThat(east.fetches).isEmpty();
    }

    @Test
    void interestThatCameFirstFetchesWhenTheAnnouncementArrives() {
        start();
        east.answers.put(ID, answerWith(5, true));
        sync.interest(ID, true);
        loop.run();
        tell(entry(ID, 5));
        loop.run();
        assertThat(held.installs).hasSize(1);
    }

    @Test
    void interestThatHasEndedFetchesNothingMore() {
        start();
        sync.interest(ID, true);
        loop.run();
        sync.interest(ID, false);
        loop.run();
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(east.fetches).isEmpty();
    }

    @Test
    void changesDuringAFetchAreOneMoreFetch() {
        start();
        east.answers.put(ID, answerWith(5, true));
        sync.interest(ID, true);
        east.hold();
        tell(entry(ID, 5));
        loop.run();
        east.release();
        loop.run();
        east.hold();
        tell(entry(ID, 6));
        loop.run();
        tell(entry(ID, 7));
        tell(entry(ID, 8));
        loop.run();
        east.answers.put(ID, answerWith(6, true));
        east.release();
        east.answers.put(ID, answerWith(8, true));
        pass(LONG);

        assertThat(held.installs).extracting(Datum::version).containsExactly(version(5), version(6), version(8));
        assertThat(east.fetches).hasSize(3);
    }

    @Test
    void nothingOlderThanTheAnnouncementIsInstalledAndALeaderThatLostItIsLifted() {
        start();
        east.answers.put(ID, answerWith(4, true));
        sync.interest(ID, true);
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(held.installs).isEmpty();
        assertThat(east.raises).isNotEmpty().allSatisfy(raise -> {
            assertThat(raise.floor()).isEqualTo(version(5));
            assertThat(raise.service()).isEqualTo(ID);
        });

        tell(entry(ID, 6));
        east.answers.put(ID, answerWith(6, true));
        pass(LONG);
        assertThat(held.installs).extracting(Datum::version).containsExactly(version(6));
    }

    @Test
    void whatAWarmingPeerAnswersIsNotInstalledAndAskedAgainLater() {
        start();
        east.answers.put(ID, answerWith(5, false));
        sync.interest(ID, true);
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(held.installs).isEmpty();
        assertThat(east.fetches.size()).isBetween(10, 30);

        east.answers.put(ID, answerWith(5, true));
        loop.advance(SyncLimits.standard().retryMax());
        assertThat(held.installs).hasSize(1);
    }

    @Test
    void aLeaderThatMovedIsFoundThroughThePeersMeta() {
        start();
        east.answers.put(ID, answerWith(5, true));
        east.answers.put(OTHER, answerWith(6, true));
        sync.interest(ID, true);
        sync.interest(OTHER, true);
        tell(entry(ID, 5));
        pass(LONG);
        east.moveLeader();
        tell(entry(OTHER, 6));
        loop.advance(Duration.ofSeconds(1));
        assertThat(held.installs).hasSize(2);
        assertThat(east.fetches).hasSize(3);
        assertThat(east.askedMetas.size()).isBetween(2, 4);
    }

    @Test
    void anUnreachablePeerIsTriedAtABoundedRateAndThroughItsOtherMeta() {
        start();
        east.setFirstMetaDown();
        east.answers.put(ID, answerWith(5, true));
        sync.interest(ID, true);
        tell(entry(ID, 5));
        loop.advance(Duration.ofSeconds(1));
        assertThat(held.installs).hasSize(1);
        assertThat(east.askedMetas).containsExactly(ScriptedPeer.META, ScriptedPeer.SECOND_META);

        east.setDown(true);
        tell(entry(ID, 6));
        pass(LONG);
        assertThat(east.fetches.size()).isBetween(10, 30);
        east.setDown(false);
        east.answers.put(ID, answerWith(6, true));
        loop.advance(SyncLimits.standard().retryMax().multipliedBy(2));
        assertThat(held.installs).hasSize(2);
    }

    @Test
    void anEmptiedDatumIsInstalledWithoutAFetch() {
        start();
        held.hold(ID, version(4));
        sync.interest(ID, true);
        tell(emptied(ID, 5));
        loop.run();
        assertThat(east.fetches).isEmpty();
        assertThat(held.installs).singleElement().satisfies(datum -> {
            assertThat(datum.version()).isEqualTo(version(5));
            assertThat(datum.count()).isZero();
        });
    }

    @Test
    void whatIsHeldAndThePeerDoesNotNameIsEmptiedOnceTheSlotIsKnown() {
        held.hold(ID, version(-1));
        sync.interest(ID, true);
        start();
        assertThat(held.installs).singleElement().satisfies(datum -> {
            assertThat(datum.version()).isEqualTo(version(0));
            assertThat(datum.count()).isZero();
        });
        assertThat(east.fetches).isEmpty();
    }

    @Test
    void whatIsHeldIsConfirmedWithoutItsContentAndAtMostOnceInThePause() {
        start();
        held.hold(ID, version(5));
        east.answers.put(ID, answerWith(5, true));
        tell(entry(ID, 5));
        sync.interest(ID, true);
        for (int i = 0; i < 50; i++) {
            sync.confirm(EAST, ID);
            loop.advance(Duration.ofMillis(1));
        }
        pass(LONG);

        assertThat(held.confirmations).containsExactly(version(5), version(5));
        assertThat(held.installs).isEmpty();
        assertThat(east.fetches).hasSize(2);
        assertThat(east.fetches.get(0).queries()).containsExactly(new DatumQuery(EAST, ID, version(5)));
    }

    @Test
    void manyWantsToOneNodeShareRequests() {
        start();
        for (int i = 0; i < 1_000; i++) {
            DataInfoId id = DataInfoId.of("service-" + i);
            east.answers.put(id, answerWith(5, true));
            tell(entry(id, 5));
            sync.interest(id, true);
        }
        loop.advance(Duration.ofSeconds(1));
        assertThat(held.installs).hasSize(1_000);
        assertThat(east.fetches).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void theStatusTellsWhatHappened() {
        start();
        east.answers.put(ID, answerWith(5, true));
        sync.interest(ID, true);
        tell(entry(ID, 5));
        tell(entry(OTHER, 120_000));
        pass(Duration.ofSeconds(10));
        PeerStatus peer = status();
        assertThat(peer.state()).isEqualTo(PeerState.LAGGING);
        assertThat(peer.path()).isEqualTo(SyncPath.KAFKA);
        assertThat(peer.counts().changed()).isEqualTo(1);
        assertThat(peer.counts().refused()).isEqualTo(1);
        assertThat(peer.facts().aside()).isEqualTo(1);
        assertThat(peer.facts().slotsInOrder()).isEqualTo(SlotId.COUNT);
        assertThat(peer.fetched()).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(status().state()).isEqualTo(PeerState.SYNCED);
        loop.advance(Duration.ofMinutes(1));
        assertThat(status().state()).isEqualTo(PeerState.UNREACHABLE);
        assertThat(status().path()).isEqualTo(SyncPath.NONE);
    }

    private PeerStatus status() {
        var status = sync.status().toCompletableFuture();
        loop.run();
        return status.join().peers().get(0);
    }

    /** Lets time pass, in which the peer says now and then that it is there. */
    private void pass(Duration time) {
        Duration left = time;
        while (!left.isNegative() && !left.isZero()) {
            Duration step = left.compareTo(SUMMARY) < 0 ? left : SUMMARY;
            loop.advance(step);
            announcing.summarize(loop.nanos());
            loop.run();
            left = left.minus(step);
        }
    }

    private void start() {
        sync.start();
        loop.run();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            announcing.lead(new LedStart(new SlotId(slot), LEADERSHIP, version(0), List.of()), loop.nanos());
        }
        announcing.summarizeIfDue(loop.nanos());
        loop.run();
    }

    private void tell(DigestEntry entry) {
        announcing.add(SlotId.of(entry.id()), LEADERSHIP.epoch(), entry);
        announcing.flush(loop.nanos());
    }

    private static Function<DatumQuery, DatumAnswer> answerWith(long millis, boolean isConfirmed) {
        return query -> DatumAnswer.of(
                Datum.of(EAST, query.id(), version(millis), List.of(publisher()), List.of()),
                query.known(),
                isConfirmed);
    }

    private static Publisher publisher() {
        return new Publisher(
                RegistrationId.ofSofa("1"),
                new RegistrationOrder(1, Stamp.ZERO),
                new Owner(new SessionIncarnation(new NodeId("east-1"), 1), 1),
                "DEFAULT_ZONE",
                "",
                "127.0.0.1:50000",
                List.of("127.0.0.1:12200"));
    }
}
