package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.announce.Announcements.emptied;
import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrossDatacenterSyncTest extends ListeningWest {
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
    void whatThePeerDoesNotNameItsLeaderSaysToBeEmptyOnceAndStandsBehindWhenAsked() {
        start();
        tell(entry(OTHER, 5));
        east.answers.put(
                ID,
                query -> DatumAnswer.of(Datum.empty(EAST, ID), query.known(), true)
                        .by(new DatumAnswer.Word(LEADERSHIP, 0)));
        sync.interest(ID, true);
        pass(LONG);
        assertThat(held.installs)
                .singleElement()
                .satisfies(datum -> assertThat(datum.count()).isZero());
        assertThat(east.fetches).hasSize(1);

        DatumVersion emptyAsOf = held.installs.get(0).version();
        sync.confirm(EAST, ID);
        pass(LONG);
        assertThat(held.confirmations).containsExactly(emptyAsOf);
        assertThat(held.installs).hasSize(1);
        assertThat(east.fetches).hasSize(2);
        assertThat(east.raises).isEmpty();
    }

    @Test
    void whatThePeerDoesNotNameStaysUnknownWhileItsLeaderStandsBehindNothing() {
        start();
        east.answers.put(ID, query -> DatumAnswer.warming(EAST, ID));
        sync.interest(ID, true);
        pass(LONG);
        assertThat(held.installs).isEmpty();
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
        int asked = east.fetches.size();
        tell(entry(ID, 5));
        pass(LONG);
        assertThat(east.fetches).hasSize(asked);
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
        tell(entry(ID, 5));
        pass(LONG);
        east.moveLeader();
        tell(entry(OTHER, 6));
        sync.interest(OTHER, true);
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
    void anEmptinessOfLongAgoIsAskedForBecauseWhatWasSaidNextMayBeOnItsWay() {
        start();
        held.hold(ID, version(4));
        sync.interest(ID, true);
        east.answers.put(ID, answerWith(6, true));
        loop.advance(Duration.ofSeconds(3));
        tell(emptied(ID, 5));
        loop.run();
        assertThat(east.fetches).hasSize(1);
        assertThat(held.installs).singleElement().satisfies(datum -> {
            assertThat(datum.version()).isEqualTo(version(6));
            assertThat(datum.count()).isOne();
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
    void whatIsToBeConfirmedIsMeasuredByWhatWasAnnounced() {
        start();
        held.hold(ID, version(4));
        east.answers.put(ID, answerWith(4, false));
        sync.confirm(EAST, ID);
        pass(LONG);
        tell(entry(ID, 5));
        east.answers.put(ID, answerWith(4, true));
        pass(LONG);
        sync.confirm(EAST, ID);
        pass(LONG);
        assertThat(held.confirmations).isEmpty();

        east.answers.put(ID, answerWith(5, true));
        pass(LONG);
        assertThat(held.installs).extracting(Datum::version).containsExactly(version(5));
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
}
