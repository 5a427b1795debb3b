package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.OTHER;
import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.SLOT;
import static io.twinspan.registry.node.data.DataNodeOnBench.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.simulation.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeignDatumsTest {
    private final DataNodeOnBench node = DataNodeOnBench.settled();

    @Test
    void datumNobodyHoldsIsUnknownUntilItIsFetchedAndThenToldAndConfirmed() {
        node.renew(S1);
        assertThat(node.fetch(S1, WEST).status()).isEqualTo(DatumAnswer.Status.UNKNOWN);
        assertThat(node.asked).containsExactly("want service");

        install(2, 500);

        assertThat(node.told()).containsExactly(new DatumNotice(WEST, SERVICE, new DatumVersion(500)));
        assertThat(node.fetchOnNotice(WEST).status()).isEqualTo(DatumAnswer.Status.OK);
        assertThat(node.fetchOnNotice(WEST).isConfirmed()).isTrue();
        assertThat(held()).isEqualTo(new DatumVersion(500));
    }

    @Test
    void copyThePeerHasNotConfirmedLatelyIsAnsweredUnconfirmedAndAskedAbout() {
        node.renew(S1);
        node.fetch(S1, WEST);
        install(1, 500);
        node.pass(Duration.ofSeconds(2));
        node.asked.clear();
        node.notices.clear();

        assertThat(node.fetch(S1, WEST).isConfirmed()).isFalse();
        assertThat(node.asked).containsExactly("confirm west service");

        node.role.foreignDatums().confirmed(WEST, SERVICE, new DatumVersion(500));
        node.run();
        assertThat(node.told()).hasSize(1);
        assertThat(node.fetchOnNotice(WEST).isConfirmed()).isTrue();
    }

    @Test
    void emptinessWhoseWordHasGrownOldOnTheWayToTheSessionIsConfirmedOnceMore() {
        node.renew(S1);
        node.fetch(S1, WEST);
        install(1, 500);
        install(0, 600);
        node.pass(Duration.ofSeconds(2));
        node.asked.clear();
        node.notices.clear();

        assertThat(node.fetchOnNotice(WEST).isConfirmed()).isFalse();
        assertThat(node.asked).containsExactly("confirm west service");

        node.role.foreignDatums().confirmed(WEST, SERVICE, new DatumVersion(600));
        node.run();
        assertThat(node.told()).hasSize(1);
        assertThat(node.fetchOnNotice(WEST).isConfirmed()).isTrue();
    }

    @Test
    void wordThePeerGaveBeforeASubscriberArrivedIsNotGivenToItAsConfirmed() {
        node.renew(S1);
        node.fetch(S1, WEST);
        install(1, 500);
        node.asked.clear();

        assertThat(node.fetch(S1, WEST).isConfirmed()).isFalse();
        assertThat(node.asked).containsExactly("confirm west service");
    }

    @Test
    void confirmationOfAnotherVersionConfirmsNothing() {
        node.fetch(S1, WEST);
        install(1, 500);
        node.pass(Duration.ofSeconds(2));
        node.role.foreignDatums().confirmed(WEST, SERVICE, new DatumVersion(499));
        node.run();
        assertThat(node.fetch(S1, WEST).isConfirmed()).isFalse();
    }

    @Test
    void olderDatumNeverReplacesANewerOne() {
        node.fetch(S1, WEST);
        install(3, 500);
        install(1, 400);
        assertThat(held()).isEqualTo(new DatumVersion(500));
        assertThat(node.report().foreign().get(WEST)).isEqualTo(new DataReport.Count(3, 1));
    }

    @Test
    void copyOutlivesARestartUnconfirmedWithTheRowsItHasNow() {
        node.fetch(S1, WEST);
        install(3, 500);
        install(1, 600);
        DataNodeOnBench young = node.restarted();
        assertThat(young.role.foreignDatums().held(WEST, SERVICE)).isEqualTo(new DatumVersion(600));
        DatumAnswer answer = young.fetch(S1, WEST);
        assertThat(answer.status()).isEqualTo(DatumAnswer.Status.OK);
        assertThat(answer.isConfirmed()).isFalse();
        assertThat(young.asked).contains("want service", "confirm west service");
        assertThat(young.report().foreign().get(WEST)).isEqualTo(new DataReport.Count(1, 1));
    }

    @Test
    void interestOfARestartedNodeIsRepairedAndAsksAtOnce() {
        node.fetch(S1, WEST);
        install(1, 500);
        DataNodeOnBench young = node.restarted();
        young.ask(new SyncInterest(S1, SLOT, List.of(new Interest(SERVICE, true))));
        assertThat(young.asked).containsExactly("want service", "confirm west service");
    }

    @Test
    void emptiedForeignDatumIsEmptyAndNotUnknown() {
        node.fetch(S1, WEST);
        install(1, 500);
        install(0, 600);
        assertThat(node.fetch(S1, WEST).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void interestLingersAfterTheLastSubscriberAndEndsOnce() {
        node.fetch(S1, WEST);
        node.fetch(S2, WEST);
        node.ask(new DropInterest(S1, List.of(SERVICE)));
        node.pass(Duration.ofMinutes(11));
        assertThat(node.asked).containsExactly("want service");
        node.ask(new DropInterest(S2, List.of(SERVICE)));
        node.pass(Duration.ofMinutes(9));
        assertThat(node.asked).containsExactly("want service");
        node.pass(Duration.ofMinutes(2));
        assertThat(node.asked).containsExactly("want service", "drop service");
    }

    @Test
    void onlyThoseWhoLookEverywhereAreToldOfForeignDatums() {
        node.renew(S1);
        node.fetch(S1);
        node.fetch(S2, WEST);
        install(1, 500);
        assertThat(node.told()).isEmpty();
        node.fetch(S1, WEST);
        install(2, 600);
        assertThat(node.told()).hasSize(1);
    }

    @Test
    void nodeThatLostTheSlotKeepsNothingAndAsksForNothing() {
        node.fetch(S1, WEST);
        install(1, 500);
        node.moveAllTo(OTHER);
        assertThat(held()).isEqualTo(DatumVersion.NONE);
        assertThat(node.asked).endsWith("drop service");
        install(1, 600);
        assertThat(held()).isEqualTo(DatumVersion.NONE);
    }

    @Test
    void peerGetsOnlyWhatIsOursAndOpensNoInterest() {
        node.fetch(S1, WEST);
        install(1, 500);
        node.register(S1, 1, "a:1");
        DatumAnswers answers = node.ask(
                new FetchDatums(
                        S2,
                        List.of(
                                new DatumQuery(WEST, SERVICE, DatumVersion.NONE),
                                new DatumQuery(DataNodeOnBench.EAST, SERVICE, DatumVersion.NONE))),
                WEST);
        assertThat(answers.answers())
                .extracting(DatumAnswer::status)
                .containsExactly(DatumAnswer.Status.UNKNOWN, DatumAnswer.Status.OK);
        node.renew(S2);
        node.register(S1, 2, "a:2");
        assertThat(node.told()).isEmpty();
    }

    @Test
    void tombstoneIsKeptWhileAPeersDatumNamesTheOlderRegistration() {
        Publisher old = node.register(S1, 1, "a:1");
        node.fetch(S1, WEST);
        node.role
                .foreignDatums()
                .install(Datum.of(WEST, SERVICE, new DatumVersion(500), List.of(old), List.<Tombstone>of()));
        node.run();
        node.change(S1, new DatumChange.Remove(old.id(), old.owner()));
        node.pass(Duration.ofMinutes(20));
        assertThat(tombstones()).isOne();
        install(0, 600);
        node.pass(Duration.ofMinutes(1));
        assertThat(tombstones()).isZero();
    }

    @Test
    void emptinessThatThePeerDoesNotNameAnyMoreIsForgottenOnDiskToo() {
        DataNodeOnBench young = forgetting(Duration.ofMinutes(10));
        young.role.foreignDatums().install(west(1, 500));
        young.role.foreignDatums().install(west(0, 600));
        young.pass(Duration.ofMinutes(9));
        young.role.foreignDatums().agreed(WEST, Map.of(SERVICE, new DatumVersion(600)));
        young.pass(Duration.ofMinutes(9));
        assertThat(young.role.foreignDatums().held(WEST, SERVICE)).isEqualTo(new DatumVersion(600));

        young.pass(Duration.ofMinutes(2));

        assertThat(young.role.foreignDatums().held(WEST, SERVICE)).isEqualTo(DatumVersion.NONE);
        assertThat(young.role.foreignDatums().isHeldEmpty(WEST, SERVICE)).isFalse();
        assertThat(young.store.load(SLOT).datums()).isEmpty();
        assertThat(young.store.load(SLOT).words()).isEmpty();
    }

    @Test
    void emptinessStaysAsLongAsSomebodyLooksForIt() {
        DataNodeOnBench young = forgetting(Duration.ofMinutes(10));
        young.fetch(S1, WEST);
        young.role.foreignDatums().install(west(1, 500));
        young.role.foreignDatums().install(west(0, 600));
        young.pass(Duration.ofMinutes(15));
        assertThat(young.fetch(S1, WEST).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void whatAPeerHasIsNeverForgottenForItsAge() {
        DataNodeOnBench young = forgetting(Duration.ofMinutes(10));
        young.role.foreignDatums().install(west(1, 500));
        young.pass(Duration.ofMinutes(15));
        assertThat(young.role.foreignDatums().held(WEST, SERVICE)).isEqualTo(new DatumVersion(500));
    }

    private static DataNodeOnBench forgetting(Duration emptied) {
        DataSettings all = DataSettings.standard();
        DataSettings.Retention kept = all.retention();
        DataNodeOnBench made = new DataNodeOnBench(
                new ManualClock(),
                new InMemorySnapshotStore(),
                all.withRetention(new DataSettings.Retention(
                        kept.unconfirmed(), kept.tombstone(), emptied, kept.snapshot(), kept.interest())));
        made.lead(S1, S2);
        made.pass(Duration.ofSeconds(16));
        return made;
    }

    private long tombstones() {
        return node.store.load(SLOT).datums().stream()
                .mapToLong(each -> each.tombstones().size())
                .sum();
    }

    private DatumVersion held() {
        return node.role.foreignDatums().held(WEST, SERVICE);
    }

    private void install(int publishers, long version) {
        node.role.foreignDatums().install(west(publishers, version));
        node.run();
    }

    private static Datum west(int publishers, long version) {
        return Samples.datum("west", "service", publishers).withVersion(new DatumVersion(version));
    }
}
