package io.twinspan.registry.datum;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatumRulesTest {
    private static final RegistrationId ID = RegistrationId.ofSofa("r");
    private static final Owner ALICE = new Owner(new SessionIncarnation(new NodeId("s1"), 1), 1);
    private static final Owner BOB = new Owner(new SessionIncarnation(new NodeId("s2"), 1), 1);

    private final AtomicLong minted = new AtomicLong(100);
    private Datum datum = Datum.empty(new DatacenterId("east"), DataInfoId.of("service"));

    @Test
    void somebodyElseCannotUnregister() {
        apply(register(1, ALICE, "10.0.0.1"));
        assertThat(apply(unregister(2, BOB, false))).isEqualTo(ChangeOutcome.NOT_OWNER);
        assertThat(datum.count()).isOne();
    }

    @Test
    void anybodyMayUnregisterWhatAGoneOwnerLeft() {
        apply(register(1, ALICE, "10.0.0.1"));
        assertThat(apply(unregister(2, BOB, true))).isEqualTo(ChangeOutcome.APPLIED);
        assertThat(datum.count()).isZero();
    }

    @Test
    void removalOfAFormerOwnerDoesNothing() {
        apply(register(1, ALICE, "10.0.0.1"));
        apply(register(2, BOB, "10.0.0.1"));
        assertThat(apply(new DatumChange.Remove(ID, ALICE))).isEqualTo(ChangeOutcome.NOT_OWNER);
        assertThat(datum.find(ID).orElseThrow().owner()).isEqualTo(BOB);
    }

    @Test
    void changeOfOwnerAloneKeepsTheVersion() {
        apply(register(1, ALICE, "10.0.0.1"));
        DatumVersion version = datum.version();
        assertThat(apply(register(2, BOB, "10.0.0.1"))).isEqualTo(ChangeOutcome.APPLIED);
        assertThat(datum.version()).isEqualTo(version);
    }

    @Test
    void lateRegistrationAfterItsRemovalIsOlder() {
        apply(register(1, ALICE, "10.0.0.1"));
        apply(new DatumChange.Remove(ID, ALICE));
        assertThat(apply(register(1, ALICE, "10.0.0.1"))).isEqualTo(ChangeOutcome.OLDER);
        assertThat(apply(register(2, ALICE, "10.0.0.1"))).isEqualTo(ChangeOutcome.APPLIED);
        assertThat(datum.tombstones()).isEmpty();
    }

    @Test
    void unregistrationThatOvertookItsRegistrationKeepsItOut() {
        assertThat(apply(unregister(2, ALICE, false))).isEqualTo(ChangeOutcome.ABSENT);
        assertThat(apply(register(1, ALICE, "10.0.0.1"))).isEqualTo(ChangeOutcome.OLDER);
        assertThat(datum.version()).isEqualTo(DatumVersion.NONE);
    }

    @Test
    void whatCameAndWentWithinOneBatchMintsNothing() {
        Datum.Applied applied =
                datum.apply(List.of(register(1, ALICE, "10.0.0.1"), new DatumChange.Remove(ID, ALICE)), 0, this::mint);
        assertThat(applied.isContentChanged()).isFalse();
        assertThat(applied.datum().version()).isEqualTo(DatumVersion.NONE);
        assertThat(applied.datum().findTombstone(ID)).isPresent();
    }

    @Test
    void takingAwayWithoutTombstoneLetsTheOwnerComeBackAsHeWas() {
        apply(register(1, ALICE, "10.0.0.1"));
        DatumVersion before = datum.version();
        datum = datum.without(publisher -> publisher.owner().equals(ALICE), this::mint);
        assertThat(datum.count()).isZero();
        assertThat(datum.version().isAfter(before)).isTrue();
        assertThat(apply(register(1, ALICE, "10.0.0.1"))).isEqualTo(ChangeOutcome.APPLIED);
    }

    @Test
    void takingAwayNothingChangesNothing() {
        apply(register(1, ALICE, "10.0.0.1"));
        assertThat(datum.without(publisher -> false, this::mint)).isSameAs(datum);
        assertThat(datum.withoutTombstones(tombstone -> true)).isSameAs(datum);
    }

    private ChangeOutcome apply(DatumChange change) {
        Datum.Applied applied = datum.apply(List.of(change), 0, this::mint);
        datum = applied.datum();
        return applied.outcomes().get(0);
    }

    private DatumVersion mint() {
        return new DatumVersion(minted.incrementAndGet());
    }

    private static DatumChange register(long stamp, Owner owner, String address) {
        return new DatumChange.Register(
                new Publisher(ID, order(stamp), owner, "zone", "app", "10.0.0.1:1234", List.of(address)));
    }

    private static DatumChange unregister(long stamp, Owner by, boolean ownerIsGone) {
        return new DatumChange.Unregister(ID, order(stamp), by, ownerIsGone);
    }

    private static RegistrationOrder order(long stamp) {
        return new RegistrationOrder(1, new Stamp(stamp));
    }
}
