package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.OTHER;
import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SELF;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotLifeTest {
    @Test
    void coldSlotAnswersUnknownAlsoForWhatHasComeSinceAndSettlesAtTheEarliestTime() {
        DataNodeOnBench node = DataNodeOnBench.started();
        node.register(S1, 1, "a:1");
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        node.pass(Duration.ofMillis(14_500));
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        node.pass(Duration.ofSeconds(1));
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.OK);
        assertThat(node.fetch(S2).isConfirmed()).isTrue();
    }

    @Test
    void coldSlotDoesNotSettleBeforeEverySessionThatIsListedHasBeenCompared() {
        DataNodeOnBench node = new DataNodeOnBench();
        node.lead(S1, S2);
        node.compareWithNothing(S1);
        node.pass(Duration.ofSeconds(40));
        assertThat(node.fetch(S1).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        assertThat(node.announced).isEmpty();

        node.compareWithNothing(S2);
        node.pass(Duration.ofSeconds(1));

        assertThat(node.fetch(S1).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void coldSlotGivesASessionUpThatIsNotListedAnyMoreAndEveryOneAtTheLatestTime() {
        DataNodeOnBench node = new DataNodeOnBench();
        node.lead(S1, S2);
        node.compareWithNothing(S1);
        node.pass(Duration.ofSeconds(20));
        node.see(node.table(), S1);
        node.pass(Duration.ofSeconds(1));
        assertThat(node.fetch(S1).status()).isEqualTo(DatumAnswer.Status.EMPTY);

        DataNodeOnBench other = new DataNodeOnBench();
        other.lead(S1, S2);
        other.pass(Duration.ofSeconds(61));
        assertThat(other.fetch(S1).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void nothingIsToldBeforeSettlingAndEverythingOnceThen() {
        DataNodeOnBench node = DataNodeOnBench.started();
        node.renew(S2);
        node.fetch(S2);
        node.register(S1, 1, "a:1");
        assertThat(node.notices).isEmpty();
        assertThat(node.announced).isEmpty();

        node.pass(Duration.ofSeconds(16));

        assertThat(node.told()).hasSize(1);
        assertThat(node.announced).hasSize(1);
        assertThat(node.told().get(0).version())
                .isEqualTo(node.fetch(S2).version())
                .isEqualTo(node.announced.get(0).version());
    }

    @Test
    void serviceNobodyRegisteredForIsConfirmedEmptyOnlyWhenSettled() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        DatumAnswer answer = node.fetch(S1);
        assertThat(answer.status()).isEqualTo(DatumAnswer.Status.EMPTY);
        assertThat(answer.isConfirmed()).isTrue();
        assertThat(node.restarted().fetch(S1).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
    }

    @Test
    void restartedNodeAnswersItsSnapshotUnconfirmedUnderItsVersion() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        List<RegistrationChange> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(new RegistrationChange(SERVICE, new DatumChange.Register(old.publisher(S1, i, "a:" + i))));
        }
        old.ask(new ApplyChanges(S1, changes));

        DatumAnswer answer = old.restarted().fetch(S2);

        assertThat(answer.status()).isEqualTo(DatumAnswer.Status.OK);
        assertThat(answer.isConfirmed()).isFalse();
        assertThat(answer.version()).isEqualTo(old.fetch(S2).version());
        assertThat(java.util.Objects.requireNonNull(answer.datum()).count()).isEqualTo(10_000);
    }

    @Test
    void whatChangesWhileWarmingIsKeptBackUntilItSettles() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        Publisher gone = old.register(S1, 1, "a:1");
        DatumVersion before = old.fetch(S2).version();
        DataNodeOnBench node = old.restarted();
        node.renew(S2);

        node.register(S1, 2, "a:2");
        assertThat(node.change(S1, new DatumChange.Remove(gone.id(), gone.owner())))
                .isEqualTo(ChangeOutcome.APPLIED);

        assertThat(node.fetch(S2).version()).isEqualTo(before);
        assertThat(node.told()).isEmpty();
        assertThat(node.announced).isEmpty();
        node.pass(Duration.ofSeconds(16));
        DatumAnswer after = node.fetch(S2);
        assertThat(after.isConfirmed()).isTrue();
        assertThat(after.version().isAfter(before)).isTrue();
        assertThat(java.util.Objects.requireNonNull(after.datum()).publishers())
                .extracting(Publisher::addresses)
                .containsExactly(List.of("a:2"));
        assertThat(node.told()).hasSize(1);
    }

    @Test
    void whatWasTakenBeforeACrashThatCameBeforeSettlingIsShownOnlyOnceTheSlotHasSettled() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        old.register(S1, 1, "a:1");
        DataNodeOnBench unsettled = old.restarted();
        unsettled.register(S1, 2, "a:2");

        DataNodeOnBench node = unsettled.restarted();

        // It may lack what was confirmed before the first crash, and has the higher number.
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        node.pass(Duration.ofSeconds(16));
        DatumAnswer settled = node.fetch(S2);
        assertThat(settled.isConfirmed()).isTrue();
        assertThat(java.util.Objects.requireNonNull(settled.datum()).count()).isEqualTo(2);
    }

    @Test
    void settlingConfirmsAlsoWhatHasNotChangedUnderTheVersionItHad() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        Publisher publisher = old.register(S1, 1, "a:1");
        DatumVersion before = old.fetch(S2).version();
        DataNodeOnBench node = old.restarted();
        node.renew(S2);
        node.fetch(S2);
        node.change(S1, new DatumChange.Register(publisher));

        node.pass(Duration.ofSeconds(16));

        assertThat(node.fetch(S2).version()).isEqualTo(before);
        assertThat(node.told()).extracting("version").containsExactly(before);
    }

    @Test
    void slotIsNotSettledWhileItsRegistrationsAreBeingRenewedButAtTheLatestTime() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        old.register(S1, 1, "a:1");
        DataNodeOnBench node = old.restarted();
        for (int second = 0; second < 59; second += 2) {
            node.register(S2, 1, "a:1");
            assertThat(node.fetch(S2).isConfirmed()).isFalse();
            node.pass(Duration.ofSeconds(2));
        }
        node.pass(Duration.ofSeconds(1));
        assertThat(node.fetch(S2).isConfirmed()).isTrue();
    }

    @Test
    void restartedNodeSettlesOnceTheSessionsThatWereThereBeforeHaveBeenCompared() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        DataNodeOnBench node = new DataNodeOnBench(old.time, old.store);
        node.lead(S1);
        node.renew(S1, new SessionSlotDigest(SLOT, 0, 0, 0));
        node.pass(Duration.ofSeconds(1));
        assertThat(node.fetch(S1).isConfirmed()).isTrue();
    }

    @Test
    void restartedNodeWaitsForClientsWhenASessionHasBegunAnewWithIt() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        DataNodeOnBench node = new DataNodeOnBench(old.time, old.store);
        SessionIncarnation reborn =
                new SessionIncarnation(S1.node(), node.clock.next().value());
        node.lead(reborn);
        node.renew(reborn, new SessionSlotDigest(SLOT, 0, 0, 0));
        node.pass(Duration.ofSeconds(14));
        assertThat(node.fetch(reborn).isConfirmed())
                .as("the last that the earlier session took may not be on the disk")
                .isFalse();
        node.pass(Duration.ofSeconds(2));
        assertThat(node.fetch(reborn).isConfirmed()).isTrue();
    }

    @Test
    void coldSlotThatIsKilledIsColdAgainWithWhatItHadTaken() {
        DataNodeOnBench old = DataNodeOnBench.started();
        Publisher taken = old.register(S1, 1, "a:1");
        DataNodeOnBench node = old.restarted();
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        node.ask(new SyncPublishers(S1, SLOT, List.of(new SyncPublishers.Entry(SERVICE, taken))));
        node.ask(new SyncPublishers(S2, SLOT, List.of()));
        node.pass(Duration.ofSeconds(16));
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.OK);
    }

    @Test
    void leaderThatTheTableReplacedAnswersNothingMore() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        Publisher publisher = node.register(S1, 1, "a:1");
        node.moveAllTo(OTHER);
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        assertThat(node.result(S1, new DatumChange.Register(publisher)).isLeader())
                .isFalse();
        assertThat(node.renew(S1, new io.twinspan.registry.message.SessionSlotDigest(SLOT, 1, 1, 1))
                        .notLed())
                .containsExactly(SLOT);
    }

    @Test
    void leadershipThatComesBackStartsAboveEverythingBefore() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        node.register(S1, 1, "a:1");
        DatumVersion before = node.fetch(S2).version();
        node.moveAllTo(OTHER);
        node.moveAllTo(SELF);
        assertThat(node.fetch(S2).isConfirmed()).isFalse();
        node.register(S1, 2, "a:2");
        node.pass(Duration.ofSeconds(30));
        assertThat(node.fetch(S2).version().isAfter(before)).isTrue();
        assertThat(node.fetch(S2).version().value() & 0xff).isEqualTo(3 * io.twinspan.registry.slot.LeaderEpoch.RANKS);
    }

    @Test
    void tableWithoutSlotsAndOlderTablesTakeNothingAway() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        SlotTable old = node.table();
        node.see(SlotTable.EMPTY);
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
        node.see(old, S1, S2);
        node.moveAllTo(OTHER);
        SlotTable newer = node.table();
        node.see(old, S1, S2);
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        assertThat(newer.epoch().isAfter(old.epoch())).isTrue();
    }

    @Test
    void ceilingOnDiskIsAlwaysAboveWhatIsShown() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        for (int i = 0; i < 40; i++) {
            node.register(S1, i, "a:" + i);
            assertThat(node.store.load(SLOT).ceiling().isAfter(node.fetch(S2).version()))
                    .isTrue();
            if (i == 20) {
                // The clock leaps by merging, past the ceiling.
                node.clock.merge(Stamp.atMillis(node.clock.physicalMillis() + 50_000));
            }
            node.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void idleSlotsKeepTheirCeilingsAhead() {
        DataNodeOnBench node = DataNodeOnBench.settled();
        node.pass(Duration.ofMinutes(5));
        Stamp now = Stamp.atMillis(node.clock.physicalMillis());
        for (int i = 0; i < SlotId.COUNT; i++) {
            assertThat(node.store.load(new SlotId(i)).ceiling().value()).isGreaterThan(now.value());
        }
    }

    @Test
    void versionAfterARestartIsAboveEveryVersionBeforeAlsoWhenTheClockWentBack() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        old.clock.merge(Stamp.atMillis(old.clock.physicalMillis() + 30_000));
        old.register(S1, 1, "a:1");
        DatumVersion before = old.fetch(S2).version();
        DataNodeOnBench node = old.restarted();
        node.register(S1, 2, "a:2");
        node.pass(Duration.ofSeconds(16));
        assertThat(node.fetch(S2).version().isAfter(before)).isTrue();
    }

    @Test
    void snapshotBeyondItsAgeIsNotServed() {
        DataNodeOnBench old = DataNodeOnBench.settled();
        old.register(S1, 1, "a:1");
        old.role.close();
        old.run();
        old.pass(Duration.ofMinutes(62));
        DataNodeOnBench node = old.restarted();
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        assertThat(node.store.load(SLOT).datums()).isEmpty();
    }

    @Test
    void clockThatIsNotFitTakesOnNoSlotAndLosesNone() {
        DataNodeOnBench node = new DataNodeOnBench();
        node.wallJump = Duration.ofSeconds(2);
        node.lead(S1);
        assertThat(node.report().isWorking()).isFalse();
        assertThat(node.fetch(S1).status()).isEqualTo(DatumAnswer.Status.NOT_LEADER);
        node.wallJump = Duration.ZERO;
        node.pass(Duration.ofSeconds(1));
        assertThat(node.report().isWorking()).isTrue();
        node.wallJump = Duration.ofHours(-1);
        node.compareWithNothing(S1);
        node.pass(Duration.ofSeconds(20));
        node.register(S1, 1, "a:1");
        assertThat(node.fetch(S1).isConfirmed()).isTrue();
    }

    @Test
    void nodeIsWorkingWhenItTakesRegistrationsForAllItIsGiven() {
        DataNodeOnBench node = new DataNodeOnBench();
        assertThat(node.report().isWorking()).isFalse();
        node.lead(S1);
        assertThat(node.report().isWorking()).isTrue();
        assertThat(node.report().assigned()).isEqualTo(SlotId.COUNT);
        assertThat(node.report().settled()).isZero();
        node.compareWithNothing(S1);
        node.pass(Duration.ofSeconds(16));
        assertThat(node.report().settled()).isEqualTo(SlotId.COUNT);
    }
}
