package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionLifeTest {
    private final DataNodeOnBench node = DataNodeOnBench.settled();

    @Test
    void silentSessionThatMetaStillListsKeepsItsPublishers() {
        node.register(S1, 1, "a:1");
        node.passAlive(Duration.ofMinutes(5), S2);
        assertThat(count()).isOne();
    }

    @Test
    void sessionThatMetaDoesNotListKeepsItsPublishersWhileItsLeaseLives() {
        node.register(S1, 1, "a:1");
        node.see(node.table(), S2);
        node.passAlive(Duration.ofMinutes(5), S1, S2);
        assertThat(count()).isOne();
    }

    @Test
    void publishersGoWhenTheLeaseIsOverAndMetaListsTheSessionNoMore() {
        node.register(S1, 1, "a:1");
        node.register(S2, 2, "a:2");
        node.renew(S2);
        node.fetch(S2);
        node.see(node.table(), S2);
        node.passAlive(Duration.ofSeconds(29), S2);
        assertThat(count()).isEqualTo(2);
        node.passAlive(Duration.ofSeconds(3), S2);
        assertThat(count()).isOne();
        assertThat(node.told()).hasSize(1);
        assertThat(node.counted("twinspan.data.publishers.evicted")).isEqualTo(1);
        assertThat(node.counted("twinspan.data.sessions.over")).isEqualTo(1);
    }

    @Test
    void anotherLifeOfTheSameSessionDoesNotKeepTheFormerAlive() {
        SessionIncarnation reborn = new SessionIncarnation(S1.node(), 2);
        node.register(S1, 1, "a:1");
        node.see(node.table(), reborn, S2);
        node.register(reborn, 2, "a:2");
        node.passAlive(Duration.ofSeconds(32), reborn, S2);
        assertThat(count()).isOne();
    }

    @Test
    void sessionThatWasGivenUpComesBackWithWhatItHad() {
        Publisher publisher = node.register(S1, 1, "a:1");
        node.register(S2, 2, "a:2");
        node.see(node.table(), S2);
        node.passAlive(Duration.ofSeconds(32), S2);
        assertThat(count()).isOne();
        assertThat(node.renew(S1, digest(publisher)).publishers()).containsExactly(SLOT);
        comesBackStampedAnew(publisher, "a:1");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void pauseOfThisNodeCostsNoSessionItsLease() {
        node.register(S1, 1, "a:1");
        node.see(node.table(), S2);
        node.time.stall(Duration.ofMinutes(5));
        node.pass(Duration.ofSeconds(1));
        assertThat(count()).isOne();
    }

    @Test
    void snapshotEntriesOfASessionThatNeverCameBackGoAfterTheBoundAndNotBefore() {
        node.register(S1, 1, "a:1");
        node.register(S2, 2, "a:2");
        DataNodeOnBench young = node.restarted();
        young.see(young.table(), S2);
        young.passAlive(Duration.ofSeconds(40), S2);
        assertThat(young.report().own().publishers()).isEqualTo(2);
        young.passAlive(Duration.ofSeconds(20), S2);
        assertThat(young.report().own().publishers()).isOne();
    }

    @Test
    void snapshotEntryThatRegistersThroughAnotherSessionStays() {
        node.register(S1, 1, "a:1");
        DataNodeOnBench young = node.restarted();
        young.see(young.table(), S2);
        young.register(S2, 1, "a:1");
        young.passAlive(Duration.ofMinutes(12), S2);
        assertThat(young.report().own().publishers()).isOne();
    }

    @Test
    void unregistrationFromElsewhereIsHonouredOnlyWhenTheOwnersSessionIsGone() {
        Publisher publisher = node.register(S1, 1, "a:1");
        Publisher other = node.publisher(S2, 9, "a:9");
        assertThat(node.change(S2, node.unregister(publisher, other.owner()))).isEqualTo(ChangeOutcome.NOT_OWNER);
        node.passAlive(Duration.ofSeconds(31), S2);
        assertThat(node.change(S2, node.unregister(publisher, other.owner()))).isEqualTo(ChangeOutcome.APPLIED);
    }

    @Test
    void whatIsMovingStaysListedAndMayBeTakenBackElsewhere() {
        Publisher publisher = node.register(S1, 1, "a:1");
        Publisher other = node.publisher(S2, 9, "a:9");
        DatumChange.Remove moving = new DatumChange.Remove(publisher.id(), publisher.owner(), RemovalCause.MOVING);
        assertThat(node.change(S1, moving)).isEqualTo(ChangeOutcome.APPLIED);
        assertThat(node.report().own().publishers()).isOne();
        assertThat(node.change(S2, node.unregister(publisher, other.owner()))).isEqualTo(ChangeOutcome.APPLIED);
        assertThat(node.report().own().publishers()).isZero();
    }

    @Test
    void whatHasMovedOnBelongsToItsNewOwnerAlone() {
        Publisher publisher = node.register(S1, 1, "a:1");
        node.change(S1, new DatumChange.Remove(publisher.id(), publisher.owner(), RemovalCause.MOVING));
        Publisher arrived = node.register(S2, 1, "a:1");
        Publisher stranger = node.publisher(S1, 9, "a:9");
        assertThat(node.change(S1, node.unregister(arrived, stranger.owner()))).isEqualTo(ChangeOutcome.NOT_OWNER);
        assertThat(node.report().own().publishers()).isOne();
    }

    @Test
    void freshlyRegisteredEntryInTheSameRequestHasAnOwnerThatLives() {
        Publisher old = node.register(S1, 1, "a:1");
        node.passAlive(Duration.ofSeconds(31), S2);
        Publisher young = node.publisher(S2, 1, "a:1");
        Publisher stranger = node.publisher(S2, 77, "a:1");
        List<ChangeResult> results = node.ask(new ApplyChanges(
                        S2,
                        List.of(
                                new RegistrationChange(SERVICE, new DatumChange.Register(young)),
                                new RegistrationChange(SERVICE, node.unregister(old, stranger.owner())))))
                .results();
        assertThat(results)
                .extracting(ChangeResult::outcome)
                .containsExactly(ChangeOutcome.APPLIED, ChangeOutcome.NOT_OWNER);
    }

    @Test
    void olderRequestIsToldWhatIsKnown() {
        Publisher old = node.publisher(S1, 1, "a:1");
        Publisher young = node.register(S1, 1, "a:1");
        ChangeResult result = node.result(S1, new DatumChange.Register(old));
        assertThat(result.outcome()).isEqualTo(ChangeOutcome.OLDER);
        assertThat(result.known()).isEqualTo(new ChangeResult.Known(young.order(), ChangeResult.State.YOURS));
        node.change(S1, new DatumChange.Remove(young.id(), young.owner()));
        assertThat(node.result(S1, new DatumChange.Register(old)).known())
                .isEqualTo(new ChangeResult.Known(young.order(), ChangeResult.State.ABANDONED));
    }

    @Test
    void changesOfOneRequestMakeOneVersionAndOneNotice() {
        node.renew(S2);
        node.fetch(S2);
        node.ask(new ApplyChanges(
                S1,
                List.of(
                        new RegistrationChange(SERVICE, new DatumChange.Register(node.publisher(S1, 1, "a:1"))),
                        new RegistrationChange(SERVICE, new DatumChange.Register(node.publisher(S1, 2, "a:2"))))));
        assertThat(node.told()).hasSize(1);
        assertThat(node.announced).hasSize(1);
        assertThat(node.announced.get(0).count()).isEqualTo(2);
    }

    @Test
    void equalSumsAskForNothing() {
        Publisher a = node.register(S1, 1, "a:1");
        Publisher b = node.register(S1, 2, "a:2");
        node.pass(Duration.ofSeconds(2));
        assertThat(node.renew(S1, digest(a, b)).publishers()).isEmpty();
        assertThat(node.renew(S1, digest(a)).publishers()).containsExactly(SLOT);
        assertThat(node.renew(S1).publishers()).containsExactly(SLOT);
    }

    @Test
    void differenceWhileChangesAreComingIsGivenTimeButNotForEver() {
        Publisher a = node.register(S1, 1, "a:1");
        for (int i = 0; i < 10; i++) {
            node.register(S1, 2, "a:" + i);
            assertThat(node.renew(S1, digest(a)).publishers()).isEmpty();
            node.pass(Duration.ofMillis(490));
        }
        node.register(S1, 2, "b:1");
        node.pass(Duration.ofMillis(490));
        assertThat(node.renew(S1, digest(a)).publishers()).containsExactly(SLOT);
    }

    @Test
    void listOfASessionAddsWhatIsLackingAndTakesWhatItDoesNotName() {
        Publisher kept = node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        node.register(S2, 3, "a:3");
        Publisher lacking = node.publisher(S1, 4, "a:4");
        node.ask(new SyncPublishers(
                S1,
                SLOT,
                List.of(new SyncPublishers.Entry(SERVICE, kept), new SyncPublishers.Entry(SERVICE, lacking))));
        assertThat(Objects.requireNonNull(node.fetch(S2).datum()).publishers())
                .extracting(each -> each.id().value())
                .containsExactly("sofa:r1", "sofa:r3", "sofa:r4");
        node.pass(Duration.ofSeconds(2));
        assertThat(node.renew(S1, digest(kept, lacking)).publishers()).isEmpty();
    }

    @Test
    void listThatArrivesLateDoesHarmOnlyUntilTheNext() {
        Publisher publisher = node.register(S1, 1, "a:1");
        node.ask(new SyncPublishers(S1, SLOT, List.of()));
        assertThat(count()).isZero();
        comesBackStampedAnew(publisher, "a:1");
        assertThat(count()).isOne();
    }

    /** What the session is told on its next comparison, and does then, because the connection lives. */
    private void comesBackStampedAnew(Publisher publisher, String address) {
        ChangeResult told = node.ask(
                        new SyncPublishers(S1, SLOT, List.of(new SyncPublishers.Entry(SERVICE, publisher))))
                .results()
                .get(0);
        assertThat(told.outcome()).isEqualTo(ChangeOutcome.OLDER);
        assertThat(Objects.requireNonNull(told.known()).state()).isEqualTo(ChangeResult.State.ABANDONED);
        node.register(S1, 1, address);
    }

    @Test
    void listOfAnotherSlotIsRefusedAndChangesNothing() {
        Publisher publisher = node.register(S1, 1, "a:1");
        DataInfoId stranger = DataInfoId.of("other");
        assertThatThrownBy(() ->
                        node.ask(new SyncPublishers(S1, SLOT, List.of(new SyncPublishers.Entry(stranger, publisher)))))
                .hasMessageContaining("does not belong to slot");
        assertThat(count()).isOne();
    }

    @Test
    void interestIsComparedAndRepaired() {
        node.renew(S1);
        node.fetch(S1);
        Interest own = new Interest(SERVICE, false);
        assertThat(node.renew(S1, interest(own)).interest()).isEmpty();
        Interest global = new Interest(SERVICE, true);
        assertThat(node.renew(S1, interest(global)).interest()).containsExactly(SLOT);
        node.ask(new SyncInterest(S1, SLOT, List.of(global)));
        assertThat(node.renew(S1, interest(global)).interest()).isEmpty();
        node.ask(new DropInterest(S1, List.of(SERVICE)));
        assertThat(node.renew(S1).interest()).isEmpty();
        node.register(S2, 1, "a:1");
        assertThat(node.told()).isEmpty();
    }

    @Test
    void equalContentTakesTheHigherNumberAndOtherContentGoesAboveIt() {
        node.register(S1, 1, "a:1");
        DatumAnswer answer = node.fetch(S2);
        int hash = Objects.requireNonNull(answer.datum()).contentHash();
        DatumVersion floor = new DatumVersion(answer.version().value() + 1_000_000);

        node.ask(new RaiseVersion(SERVICE, floor, hash));
        assertThat(node.fetch(S2).version()).isEqualTo(floor);
        assertThat(node.store.load(SLOT).ceiling().isAfter(floor)).isTrue();

        DatumVersion higher = new DatumVersion(floor.value() + 1_000_000);
        node.ask(new RaiseVersion(SERVICE, higher, hash + 1));
        assertThat(node.fetch(S2).version().isAfter(higher)).isTrue();
        assertThat(node.announced).hasSize(3);

        node.ask(new RaiseVersion(SERVICE, floor, hash));
        assertThat(node.announced).hasSize(3);
    }

    @Test
    void numberFromTheFarFutureRaisesNothing() {
        node.register(S1, 1, "a:1");
        DatumVersion before = node.fetch(S2).version();
        long future = Stamp.atMillis(node.clock.physicalMillis() + 61_000).value();
        node.ask(new RaiseVersion(SERVICE, new DatumVersion(future), 0));
        node.ask(new RaiseVersion(SERVICE, new DatumVersion(Long.MAX_VALUE), 0));
        assertThat(node.fetch(S2).version()).isEqualTo(before);
        node.register(S1, 2, "a:2");
        assertThat(node.fetch(S2).version().value()).isLessThan(future);
    }

    @Test
    void tombstonesGoAfterTheirTimeAndTheVersionOfAnEmptyDatumStays() {
        Publisher publisher = node.register(S1, 1, "a:1");
        node.change(S1, new DatumChange.Remove(publisher.id(), publisher.owner()));
        DatumVersion version = node.fetch(S2).version();
        node.pass(Duration.ofMinutes(9));
        assertThat(node.store.load(SLOT).datums().get(0).tombstones()).hasSize(1);
        node.pass(Duration.ofMinutes(2));
        assertThat(node.store.load(SLOT).datums().get(0).tombstones()).isEmpty();
        assertThat(node.fetch(S2).version()).isEqualTo(version);
        node.time.stall(Duration.ofHours(24));
        node.pass(Duration.ofSeconds(11));
        assertThat(node.store.load(SLOT).datums()).isEmpty();
        assertThat(node.fetch(S2).version()).isEqualTo(DatumVersion.NONE);
    }

    private int count() {
        return node.report().own().publishers();
    }

    private static SessionSlotDigest digest(Publisher... publishers) {
        long hash = 0;
        for (Publisher each : publishers) {
            hash += SessionDigests.ofPublisher(SERVICE, each);
        }
        return new SessionSlotDigest(SLOT, publishers.length, hash, 0);
    }

    private static SessionSlotDigest interest(Interest interest) {
        return new SessionSlotDigest(SLOT, 0, 0, SessionDigests.ofInterest(interest));
    }
}
