package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store must do; each implementation has a test class that implements this. */
public interface SnapshotStoreContract {
    /** The slot most of this is about: the last one, where a range has no next slot to end at. */
    SlotId SLOT = new SlotId(SlotId.COUNT - 1);

    /** The store under test, the same for one test. */
    SnapshotStore store();

    /** Lets go of it. */
    @AfterEach
    default void close() {
        store().close();
    }

    @Test
    default void whatWasNeverSavedIsEmpty() {
        assertThat(store().load(SLOT).datums()).isEmpty();
        assertThat(store().load(SLOT).ceiling()).isEqualTo(DatumVersion.NONE);
    }

    @Test
    default void savedDatumComesBackWhole() {
        Datum saved = save(Samples.datum("east", "service", 3));
        Samples.assertSame(only(), saved);
    }

    @Test
    default void laterStateReplacesTheEarlierRowByRow() {
        Datum first = save(Samples.datum("east", "service", 3));
        RegistrationId gone = first.publishers().get(1).id();
        Publisher changed = Samples.publisher(2, 9, "10.9.9.9:1");
        Datum second = first.apply(
                        List.of(
                                new DatumChange.Remove(
                                        gone, first.publishers().get(1).owner()),
                                new DatumChange.Register(changed)),
                        77,
                        () -> new DatumVersion(999))
                .datum();
        store().save(new DatumWrite(SLOT, second, Set.of(gone, changed.id())));

        Samples.assertSame(only(), second);
        assertThat(only().tombstones()).hasSize(1);
    }

    @Test
    default void emptiedDatumKeepsItsVersion() {
        Datum first = save(Samples.datum("east", "service", 1));
        Publisher last = first.publishers().get(0);
        Datum emptied = first.without(each -> true, () -> new DatumVersion(999));
        store().save(new DatumWrite(SLOT, emptied, Set.of(last.id())));

        assertThat(only().count()).isZero();
        assertThat(only().version()).isEqualTo(new DatumVersion(999));
    }

    @Test
    default void whoMovesAndWhatADatumFollowsAreKept() {
        Datum first = save(Samples.datum("east", "service", 2));
        Publisher moving = first.publishers().get(1).moving(1_800_000_000_000L);
        Map<DatacenterId, DatumVersion> after = Map.of(new DatacenterId("west"), new DatumVersion(Long.MAX_VALUE));
        Datum second = first.apply(List.of(new DatumChange.Register(moving)), 0, first::version)
                .datum()
                .following(after);
        store().save(new DatumWrite(SLOT, second, Set.of(moving.id())));

        assertThat(only().find(moving.id())).hasValue(moving);
        assertThat(only().after()).isEqualTo(after);
        store().save(new DatumWrite(SLOT, second.followingNothing(), Set.of()));
        assertThat(only().after()).isEmpty();
    }

    @Test
    default void whatAnOperatorKeepsIsKept() {
        Datum first = save(Samples.datum("east", "service", 2));
        Set<RegistrationId> one = Set.of(first.publishers().get(1).id());
        store().save(new DatumWrite(SLOT, first.kept(one, 1_800_000_000_000L), one));
        assertThat(only().publishers()).extracting(Publisher::keptSinceMillis).containsExactly(0L, 1_800_000_000_000L);
    }

    @Test
    default void datumWithoutVersionAndContentIsForgotten() {
        Datum first = save(Samples.datum("east", "service", 1));
        Datum nothing = Datum.empty(first.datacenter(), first.id());
        store().save(new DatumWrite(SLOT, nothing, Samples.ids(first)));
        assertThat(store().load(SLOT).datums()).isEmpty();
    }

    @Test
    default void datumsOfTwoDatacentersAndSlotsStandApart() {
        Datum own = save(Samples.datum("east", "service", 2));
        Datum foreign = save(Samples.datum("west", "service", 1));
        Datum other = Samples.datum("east", "other", 1);
        store().save(new DatumWrite(new SlotId(0), other, Samples.ids(other)));

        assertThat(store().load(SLOT).datums()).hasSize(2);
        Samples.assertSame(find(own), own);
        Samples.assertSame(find(foreign), foreign);
        assertThat(store().load(new SlotId(0)).datums()).hasSize(1);
    }

    @Test
    default void ceilingsAreThereAtOnce() {
        assertThat(store().saveCeilings(Map.of(SLOT, new DatumVersion(5), new SlotId(0), new DatumVersion(6))))
                .isTrue();
        assertThat(store().load(SLOT).ceiling()).isEqualTo(new DatumVersion(5));
        assertThat(store().load(new SlotId(0)).ceiling()).isEqualTo(new DatumVersion(6));
    }

    @Test
    default void forgottenSlotIsEmptyAndTheOthersAreNot() {
        save(Samples.datum("east", "service", 2));
        Datum other = Samples.datum("east", "other", 1);
        store().save(new DatumWrite(new SlotId(SlotId.COUNT - 2), other, Samples.ids(other)));
        store().saveCeilings(Map.of(SLOT, new DatumVersion(5)));

        store().forget(SLOT);

        assertThat(store().load(SLOT)).isEqualTo(SlotSnapshot.EMPTY);
        assertThat(store().load(new SlotId(SlotId.COUNT - 2)).datums()).hasSize(1);
    }

    @Test
    default void howSlotsWereLedByRankIsKeptWhateverBecomesOfTheirContent() {
        Incarnation life = new Incarnation(1_767_225_600_000L, -5);
        Leadership first = new Leadership(life, new LeaderEpoch(17));
        Leadership later = new Leadership(life, new LeaderEpoch(26));
        assertThat(store().ranked()).isEmpty();
        assertThat(store().saveRanked(Map.of(SLOT, first, new SlotId(0), first)))
                .isTrue();
        assertThat(store().saveRanked(Map.of(SLOT, later))).isTrue();
        store().saveCeilings(Map.of(SLOT, new DatumVersion(7)));
        store().forget(new SlotId(0));

        assertThat(store().ranked()).isEqualTo(Map.of(SLOT, later, new SlotId(0), first));
        assertThat(store().load(SLOT).ceiling()).isEqualTo(new DatumVersion(7));
    }

    @Test
    default void strangeNamesComeBackAsTheyWere() {
        Datum odd =
                Datum.empty(new DatacenterId("east-1.a_b"), new DataInfoId("a b\u0000\u00e9\ud83d\ude00", "t", "g"));
        Publisher publisher = Samples.publisher(1, 1, "addr?x=\u00fc&y=\n");
        Datum saved = odd.apply(List.of(new DatumChange.Register(publisher)), 0, () -> new DatumVersion(7))
                .datum();
        store().save(new DatumWrite(SLOT, saved, Samples.ids(saved)));
        Samples.assertSame(only(), saved);
    }

    private Datum save(Datum datum) {
        store().save(new DatumWrite(SLOT, datum, Samples.ids(datum)));
        return datum;
    }

    private Datum only() {
        List<Datum> datums = store().load(SLOT).datums();
        assertThat(datums).hasSize(1);
        return datums.get(0);
    }

    private Datum find(Datum like) {
        return store().load(SLOT).datums().stream()
                .filter(each ->
                        each.datacenter().equals(like.datacenter()) && each.id().equals(like.id()))
                .findFirst()
                .orElseThrow();
    }
}
