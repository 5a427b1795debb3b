package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.SyncPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session is told of the later registration that stands against one of its own. */
class KnownRegistrationTest {
    private final DataNodeOnBench node = DataNodeOnBench.settled();
    private final Publisher earlier = node.publisher(S2, 1, "a:1");
    private final Publisher later = node.register(S1, 1, "a:1");

    @Test
    void whatALiveOwnerHasIsListed() {
        assertThat(known(offer())).isEqualTo(new ChangeResult.Known(later.order(), ChangeResult.State.LISTED));
    }

    @Test
    void whatAClosedConnectionLeftIsAbandonedAlsoAfterARestart() {
        node.change(S1, new DatumChange.Remove(later.id(), later.owner()));

        assertThat(known(offer())).isEqualTo(new ChangeResult.Known(later.order(), ChangeResult.State.ABANDONED));
        ChangeResult compared = node.ask(
                        new SyncPublishers(S2, SLOT, List.of(new SyncPublishers.Entry(SERVICE, earlier))))
                .results()
                .get(0);
        assertThat(known(compared).state()).isEqualTo(ChangeResult.State.ABANDONED);
        ChangeResult restarted = node.restarted().result(S2, new DatumChange.Register(earlier));
        assertThat(known(restarted).state()).isEqualTo(ChangeResult.State.ABANDONED);
    }

    @Test
    void whatTheClientTookBackIsSaidToBeTakenBack() {
        node.change(S1, node.unregister(later, later.owner()));

        assertThat(known(offer()).state()).isEqualTo(ChangeResult.State.TAKEN_BACK);
    }

    @Test
    void whatIsListedForASessionWhoseLeaseIsOverIsAbandonedBeforeItGoes() {
        node.passAlive(Duration.ofSeconds(31), S2);

        assertThat(node.fetch(S2).datum()).as("meta lists it still").isNotNull();
        assertThat(known(offer()).state()).isEqualTo(ChangeResult.State.ABANDONED);
    }

    @Test
    void whoHasRegisteredItTooMayTakeItBack() {
        DatumChange.Unregister byNobody = (DatumChange.Unregister) node.unregister(later, earlier.owner());
        assertThat(node.change(S2, byNobody)).isEqualTo(ChangeOutcome.NOT_OWNER);

        assertThat(node.change(S2, new DatumChange.Unregister(byNobody.id(), byNobody.order(), byNobody.by(), true)))
                .isEqualTo(ChangeOutcome.APPLIED);
    }

    @Test
    void whatASessionHadInAnEarlierLifeIsTakenBackInTheNextOne() {
        SessionIncarnation reborn = new SessionIncarnation(S1.node(), S1.start() + 1);
        offer();

        assertThat(node.change(reborn, node.unregister(later, new Owner(reborn, 1))))
                .isEqualTo(ChangeOutcome.APPLIED);
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
        assertThat(known(offer()).state()).isEqualTo(ChangeResult.State.TAKEN_BACK);
    }

    @Test
    void whoStandsBehindItTooHasItInPlaceOfTheConnectionThatClosesWithoutAnyChangeInTheLists() {
        offer();
        DatumVersion version = node.fetch(S2).version();
        node.change(S1, new DatumChange.Remove(later.id(), later.owner()));

        assertThat(node.fetch(S2).version()).isEqualTo(version);
        ChangeResult.Known known = known(offer());
        assertThat(known.state()).isEqualTo(ChangeResult.State.YOURS);
        assertThat(known.order().isAfter(later.order())).isTrue();
        node.change(S2, new DatumChange.Remove(earlier.id(), earlier.owner()));
        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void whoWasListedBeforeAnotherSessionsRequestHasItBackWhenThatOneClosesSoon() {
        Publisher late = node.register(S2, 1, "a:1");
        DatumVersion version = node.fetch(S2).version();
        node.change(S2, new DatumChange.Remove(late.id(), late.owner()));

        assertThat(node.fetch(S2).version()).isEqualTo(version);
        assertThat(known(node.result(S1, new DatumChange.Register(later))).state())
                .isEqualTo(ChangeResult.State.YOURS);
    }

    @Test
    void whoHasNotStoodBehindItForAWhileDoesNotHaveItBack() {
        offer();
        node.passAlive(Contenders.KEPT.plusSeconds(1), S1, S2);
        node.change(S1, new DatumChange.Remove(later.id(), later.owner()));

        assertThat(known(offer()).state()).isEqualTo(ChangeResult.State.ABANDONED);
    }

    @Test
    void whatTheClientTookBackGoesWhoeverStandsBehindIt() {
        offer();
        node.change(S1, node.unregister(later, later.owner()));

        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void whoHasTakenItBackHimselfDoesNotHaveItBack() {
        offer();
        assertThat(node.change(S2, node.unregister(earlier, earlier.owner()))).isEqualTo(ChangeOutcome.NOT_OWNER);
        node.change(S1, new DatumChange.Remove(later.id(), later.owner()));

        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void whoHasClosedMeanwhileDoesNotHaveItBack() {
        offer();
        node.change(S2, new DatumChange.Remove(earlier.id(), earlier.owner()));
        node.change(S1, new DatumChange.Remove(later.id(), later.owner()));

        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void whoHasSentItsClientAwayDoesNotHaveItBackWhenThatHasStoppedElsewhere() {
        node.change(S1, new DatumChange.Remove(later.id(), later.owner(), RemovalCause.MOVING));
        Publisher there = node.register(S2, 1, "a:1");
        node.change(S2, new DatumChange.Remove(there.id(), there.owner()));

        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    @Test
    void norWhenItIsHeardOfOnlyAfterTheClientHasComeElsewhere() {
        Publisher there = node.register(S2, 1, "a:1");
        node.change(S1, new DatumChange.Remove(later.id(), later.owner(), RemovalCause.MOVING));
        node.change(S2, new DatumChange.Remove(there.id(), there.owner()));

        assertThat(node.fetch(S2).status()).isEqualTo(DatumAnswer.Status.EMPTY);
    }

    private ChangeResult offer() {
        ChangeResult result = node.result(S2, new DatumChange.Register(earlier));
        assertThat(result.outcome()).isEqualTo(ChangeOutcome.OLDER);
        return result;
    }

    private static ChangeResult.Known known(ChangeResult result) {
        return java.util.Objects.requireNonNull(result.known());
    }
}
