package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.simulation.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovedOverTest {
    private final DataNodeOnBench node = DataNodeOnBench.settled();

    private int own() {
        Datum datum = node.fetchOnNotice(DataNodeOnBench.EAST).datum();
        return datum == null ? 0 : datum.count();
    }

    private void west(long version, List<Publisher> publishers, List<Tombstone> tombstones) {
        node.role.foreignDatums().install(Datum.of(WEST, SERVICE, new DatumVersion(version), publishers, tombstones));
        node.run();
    }

    /** The client's session says that it is on its way elsewhere. */
    private void move(Publisher publisher) {
        node.change(S1, new DatumChange.Remove(publisher.id(), publisher.owner(), RemovalCause.MOVING));
    }

    @Test
    void entryOfAClientOnTheMoveGoesWhenThePeerListsItLater() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        Publisher there = node.publisher(S2, 1, "a:1");
        move(here);
        assertThat(own()).isEqualTo(2);
        west(500, List.of(there), List.of());
        assertThat(own()).isOne();
        assertThat(node.role.figures()).containsEntry("twinspan.data.publishers.moved.over", 1L);
    }

    @Test
    void entryWithALiveOwnerNeverGoesAndIsCounted() {
        node.renew(S1);
        node.register(S1, 1, "a:1");
        west(500, List.of(node.publisher(S2, 1, "a:1")), List.of());
        node.passAlive(Duration.ofSeconds(15), S1);
        assertThat(own()).isOne();
        assertThat(node.role.figures()).containsEntry("twinspan.data.publishers.listed.twice", 1L);
    }

    @Test
    void entryThatIsYoungerThanThePeersStays() {
        node.renew(S1);
        Publisher there = node.publisher(S2, 1, "a:1");
        Publisher here = node.register(S1, 1, "a:1");
        move(here);
        west(500, List.of(there), List.of());
        node.passAlive(Duration.ofSeconds(15), S1);
        assertThat(own()).isOne();
    }

    @Test
    void clientThatMovedDuringACutAndUnregisteredThereIsNotLeftBehind() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        Publisher there = node.publisher(S2, 1, "a:1");
        move(here);
        // Of the cut nothing was heard: neither that it came nor that it went.
        west(500, List.of(), List.of(new Tombstone(there.id(), there.order(), 1, false)));
        assertThat(own()).isZero();
    }

    @Test
    void wordThatIsStaleDropsNothing() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        west(500, List.of(node.publisher(S2, 1, "a:1")), List.of());
        node.passAlive(Duration.ofMinutes(2), S1);
        move(here);
        node.passAlive(Duration.ofSeconds(15), S1);
        assertThat(own()).isOne();
    }

    @Test
    void lostPeerIsWithdrawnOnlyWhereThereAreOwnProviders() throws Exception {
        node.renew(S1);
        node.fetch(S1, WEST);
        west(500, List.of(node.publisher(S2, 9, "w:1")), List.of());
        node.role.decide(new PolicyTable(
                1, List.of(new PolicyRule(new PolicyTarget(WEST.name(), "*", "*"), null, null, null, true))));
        node.run();
        assertThat(node.fetchOnNotice(WEST).status()).isEqualTo(DatumAnswer.Status.OK);

        node.notices.clear();
        node.register(S1, 1, "a:1");
        node.passAlive(Duration.ofSeconds(11), S1);
        assertThatNothingIsLeft(node.fetchOnNotice(WEST));
        assertThat(node.told()).anyMatch(notice -> notice.datacenter().equals(WEST));

        node.role.decide(new PolicyTable(2, List.of()));
        node.run();
        assertThat(node.fetchOnNotice(WEST).status()).isEqualTo(DatumAnswer.Status.OK);
    }

    @Test
    void clientThatCameOverFromALostPeerAndWentIsNotShownAsThePeerListedIt() {
        node.renew(S1);
        node.fetch(S1, WEST);
        Publisher there = node.publisher(S2, 1, "w:1");
        west(500, List.of(there, node.publisher(S2, 9, "w:9")), List.of());
        Publisher here = node.register(S1, 1, "w:1");
        node.change(S1, node.unregister(here, here.owner()));
        assertThat(own()).isZero();
        assertThat(node.fetchOnNotice(WEST).status())
                .as("the peer itself will take it away")
                .isEqualTo(DatumAnswer.Status.OK);

        node.notices.clear();
        node.role.decide(lost());
        node.run();
        assertThat(node.told()).anyMatch(notice -> notice.datacenter().equals(WEST));
        DatumAnswer left = node.fetchOnNotice(WEST);
        assertThat(left.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        assertThat(Objects.requireNonNull(left.datum()).publishers())
                .singleElement()
                .satisfies(each -> assertThat(each.addresses()).containsExactly("w:9"));

        node.role.decide(new PolicyTable(2, List.of()));
        node.run();
        assertThat(Objects.requireNonNull(node.fetchOnNotice(WEST).datum()).count())
                .isEqualTo(2);
    }

    @Test
    void nothingIsLeftOfALostPeerWhereAllHaveComeOverAndGone() {
        node.fetch(S1, WEST);
        west(500, List.of(node.publisher(S2, 1, "w:1")), List.of());
        Publisher here = node.register(S1, 1, "w:1");
        node.change(S1, node.unregister(here, here.owner()));
        node.role.decide(lost());
        node.run();
        assertThatNothingIsLeft(node.fetchOnNotice(WEST));
    }

    /** And that comes after the own list: a subscriber that has not got that yet would have neither. */
    private void assertThatNothingIsLeft(DatumAnswer answer) {
        assertThat(answer.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        Datum left = Objects.requireNonNull(answer.datum());
        assertThat(left.count()).isZero();
        assertThat(left.after())
                .isEqualTo(Map.of(
                        DataNodeOnBench.EAST,
                        node.fetchOnNotice(DataNodeOnBench.EAST).version()));
    }

    @Test
    void whatThePeerListsLaterThanItWasRemovedHereIsShownThoughThePeerIsLost() {
        node.fetch(S1, WEST);
        Publisher here = node.register(S1, 1, "w:1");
        node.change(S1, node.unregister(here, here.owner()));
        west(
                500,
                List.of(new Publisher(
                        here.id(),
                        new RegistrationOrder(9, new Stamp(Long.MAX_VALUE >> 8)),
                        here.owner(),
                        here.zone(),
                        here.appName(),
                        here.client(),
                        here.addresses())),
                List.of());
        node.role.decide(lost());
        node.run();
        DatumAnswer left = node.fetchOnNotice(WEST);
        assertThat(left.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        assertThat(Objects.requireNonNull(left.datum()).find(here.id())).isPresent();
    }

    @Test
    void listOfALostPeerIsInCustodyAlsoWhereNobodyHasComeOver() {
        node.renew(S1);
        node.fetch(S1, WEST);
        node.register(S1, 1, "a:1");
        west(500, List.of(node.publisher(S2, 9, "w:9")), List.of());
        node.role.onDuties(false, Set.of(WEST));
        node.notices.clear();
        node.passAlive(Duration.ofSeconds(31), S1);
        assertThat(node.told())
                .as("own lists may wait for one of it that never comes")
                .filteredOn(notice -> notice.datacenter().equals(WEST))
                .hasSize(1);
        DatumAnswer left = node.fetchOnNotice(WEST);
        assertThat(left.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        assertThat(Objects.requireNonNull(left.datum()).count()).isOne();
    }

    @Test
    void peerThatAForcedFailoverHasNamedIsInCustodyUntilItIsReadmitted() {
        node.renew(S1);
        node.fetch(S1, WEST);
        west(500, List.of(node.publisher(S2, 1, "w:1"), node.publisher(S2, 9, "w:9")), List.of());
        node.role.onDuties(false, Set.of(WEST));
        node.run();
        assertThat(node.fetchOnNotice(WEST).status()).as("taken out, and well").isEqualTo(DatumAnswer.Status.OK);

        Publisher here = node.register(S1, 1, "w:1");
        node.register(S1, 2, "a:2");
        DatumAnswer left = node.fetchOnNotice(WEST);
        assertThat(left.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        assertThat(Objects.requireNonNull(left.datum()).find(here.id())).isEmpty();

        node.role.foreignDatums().agreed(WEST, Map.of(DataNodeOnBench.SERVICE, new DatumVersion(500)));
        node.run();
        assertThat(node.fetchOnNotice(WEST).status())
                .as("it is back, and says what it knew before")
                .isEqualTo(DatumAnswer.Status.IN_CUSTODY);

        node.role.onDuties(false, Set.of());
        node.run();
        assertThat(Objects.requireNonNull(node.fetchOnNotice(WEST).datum()).count())
                .isEqualTo(2);
    }

    @Test
    void whatIsKnownOfALostPeerHoldsAlsoForASlotThatIsLedHereAnew() {
        node.renew(S1);
        node.fetch(S1, WEST);
        west(500, List.of(node.publisher(S2, 1, "w:1"), node.publisher(S2, 9, "w:9")), List.of());
        Publisher here = node.register(S1, 1, "w:1");
        node.role.onDuties(false, Set.of(WEST));
        node.run();
        node.leadAnew();

        DatumAnswer left = node.fetchOnNotice(WEST);
        assertThat(left.status()).isEqualTo(DatumAnswer.Status.IN_CUSTODY);
        assertThat(Objects.requireNonNull(left.datum()).find(here.id())).isEmpty();
    }

    @Test
    void whatAPeerThatIsTakenOutListsInVainIsCountedUntilItHasTakenThatAway() {
        node.renew(S1);
        node.fetch(S1, WEST);
        Publisher there = node.publisher(S2, 1, "w:1");
        Publisher stays = node.publisher(S2, 9, "w:9");
        west(500, List.of(there, stays), List.of());
        Publisher here = node.register(S1, 1, "w:1");
        node.change(S1, node.unregister(here, here.owner()));
        assertThat(outdated()).as("it has clients, and speaks for them").isZero();
        node.role.onDuties(false, Set.of(WEST));
        node.run();
        assertThat(outdated()).isOne();
        west(501, List.of(stays), List.of());
        assertThat(outdated()).isZero();
    }

    private int outdated() {
        return node.report().outdated().getOrDefault(WEST, 0);
    }

    private static PolicyTable lost() {
        return new PolicyTable(
                1, List.of(new PolicyRule(new PolicyTarget(WEST.name(), "*", "*"), null, null, null, true)));
    }

    @Test
    void whatNoWordHasConfirmedForLongerThanTheBoundIsNotServed() {
        DataSettings standard = DataSettings.standard();
        DataNodeOnBench young = new DataNodeOnBench(
                new ManualClock(),
                new InMemorySnapshotStore(),
                standard.withForeign(standard.foreign().withBound(Duration.ofMinutes(5))));
        young.lead(S1, S2);
        young.fetch(S1, WEST);
        young.role.foreignDatums().install(Samples.datum("west", "service", 1));
        young.pass(Duration.ofMinutes(4));
        assertThat(young.fetchOnNotice(WEST).status()).isEqualTo(DatumAnswer.Status.OK);
        young.pass(Duration.ofMinutes(2));
        assertThat(young.fetchOnNotice(WEST).status()).isEqualTo(DatumAnswer.Status.WITHDRAWN);
    }
}
