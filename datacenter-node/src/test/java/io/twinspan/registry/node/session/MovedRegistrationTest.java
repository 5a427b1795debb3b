package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.ELSEWHERE;
import static io.twinspan.registry.node.session.SessionBench.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.session.push.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of two sessions a registration belongs to when its client has moved from one to the other. */
final class MovedRegistrationTest {
    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
    }

    @Test
    void aLiveRequestIsStampedAboveWhatTheLeaderKnows() {
        Stamp ahead = Stamp.atMillis(bench.time.millis() + 5_000);
        bench.elsewhere("p", 1, ahead);
        bench.publish(one, "p", 1, "mine:1");

        Publisher publisher = bench.data().find(PAY, "p").orElseThrow();
        assertThat(publisher.addresses()).containsExactly("mine:1");
        assertThat(publisher.order().stamp()).isGreaterThan(ahead);
    }

    @Test
    void aCopySentAgainNeverWinsOverAClientThatHasMoved() {
        bench.isCut = true;
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofMillis(500));
        bench.elsewhere("p", 1, bench.clock.next());
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().session()).isEqualTo(ELSEWHERE);
        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.data().find(PAY, "p")).isPresent();
    }

    @Test
    void aRequestThatWaitedNeverWinsOverAClientThatHasMovedMeanwhile() {
        bench.isCut = true;
        bench.publish(two, "blocks", 1, "b:1");
        // Never sent while the call before it is not answered; its client goes elsewhere without a word.
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofMillis(500));
        bench.elsewhere("p", 1, bench.clock.next());
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().session()).isEqualTo(ELSEWHERE);
    }

    @Test
    void aLivePublisherComesBackWhenWhoeverTookItOverHasClosed() {
        bench.publish(one, "p", 1, "mine:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(ELSEWHERE);
        bench.closeElsewhere("p");
        bench.advance(Duration.ofSeconds(5));

        assertThat(owner()).isEqualTo(bench.sessionSelf.incarnation());
    }

    @Test
    void whatTheLeaderGaveBackIsOursUnderTheOrderItHasThere() {
        bench.publish(one, "p", 1, "mine:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        var rows = bench.role.inspection().publishers(List.of(one.remoteAddress()));
        bench.run();
        Publisher mine = rows.toCompletableFuture().getNow(List.of()).get(0).publisher();
        RegistrationOrder order = new RegistrationOrder(1, bench.clock.next());
        bench.data()
                .change(
                        PAY,
                        new DatumChange.Register(new Publisher(
                                mine.id(),
                                order,
                                mine.owner(),
                                mine.zone(),
                                mine.appName(),
                                mine.client(),
                                mine.addresses())));
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.role.metrics()).containsEntry("twinspan.session.publishers.won.back", 1L);
        assertThat(bench.data().find(PAY, "p").orElseThrow().order()).isEqualTo(order);
    }

    @Test
    void whatIsOnlyKeptOfAClientThatWasSentAwayNeverComesBackOnceItHasBeenElsewhere() {
        bench.publish(one, "p", 1, "mine:1");
        bench.neighbour(new SessionLoad(5, 0, false, 0, List.of()));
        bench.advance(Duration.ofSeconds(2));
        bench.role.leave();
        bench.advance(Duration.ofSeconds(3));
        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.data().find(PAY, "p")).as("kept").isPresent();
        bench.elsewhere("p", 1, bench.clock.next());
        bench.closeElsewhere("p");
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void aRequestThatWaitedIsShownWhenNobodyElseListsIt() {
        bench.isCut = true;
        bench.publish(two, "blocks", 1, "b:1");
        bench.publish(one, "p", 1, "mine:1");
        bench.advance(Duration.ofMillis(500));
        bench.elsewhere("p", 1, bench.clock.next());
        bench.closeElsewhere("p");
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(owner()).isEqualTo(bench.sessionSelf.incarnation());
    }

    @Test
    void anOlderRequestNeverOverridesAHigherVersionOfTheClient() {
        bench.elsewhere("p", 2, bench.clock.next());
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.data().find(PAY, "p").orElseThrow().order().clientVersion())
                .isEqualTo(2);
        assertThat(owner()).isEqualTo(ELSEWHERE);
        bench.closeElsewhere("p");
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void whatTheClientTookBackElsewhereNeverComesBack() {
        bench.publish(one, "p", 1, "mine:1");
        bench.elsewhere("p", 1, bench.clock.next());
        takeBackElsewhere("p", 2);
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
        bench.data().forgetTombstones(PAY);
        bench.advance(Duration.ofSeconds(10));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void takingBackWhatOneRegisteredIsHonouredAlsoWhenAnOlderConnectionHasTakenItOver() {
        bench.publish(one, "p", 1, "mine:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.unpublish(one, "p", 2).isRefused()).isFalse();
        bench.advance(Duration.ofSeconds(2));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void aConnectionTakenInAgainDoesNotWinOverAClientThatHasMoved() {
        bench.publish(one, "p", 1, "mine:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        bench.role.setOff(List.of(one.remoteAddress()), true);
        bench.advance(Duration.ofSeconds(2));
        bench.role.setOff(List.of(one.remoteAddress()), false);
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(ELSEWHERE);

        bench.closeElsewhere("p");
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(bench.sessionSelf.incarnation());
    }

    @Test
    void aLateRequestOfAnOldConnectionToTheSameSessionCostsNothingWhenItCloses() {
        bench.publish(two, "p", 1, "mine:1");
        bench.publish(one, "p", 1, "mine:1");
        DatumVersion version = bench.data().datum(PAY).version();
        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().connection())
                .isEqualTo(2);
        assertThat(bench.data().datum(PAY).version())
                .as("no subscriber was disturbed")
                .isEqualTo(version);
        bench.role.onDisconnected(two);
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void anOlderRequestOfAnOldConnectionToTheSameSessionChangesNothing() {
        bench.publish(two, "p", 2, "new:1");
        bench.publish(one, "p", 1, "old:1");
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.data().find(PAY, "p").orElseThrow().addresses()).containsExactly("new:1");
    }

    @Test
    void takingBackBeforeTheOldConnectionHasClosedIsAcceptedAndHappensWhenItDoes() {
        bench.publish(one, "p", 1, "a:1");
        assertThat(bench.unpublish(two, "p", 2).isRefused()).isFalse();
        assertThat(bench.data().find(PAY, "p")).as("it may have been anybody").isPresent();

        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void whatWasTakenBackOverAnotherConnectionIsNoSuddenLossWhenItsOwnIsIdle() {
        bench.publish(one, "p", 1, "a:1");
        bench.unpublish(two, "p", 2);
        bench.role.onDisconnected(one, RemovalCause.IDLE);
        bench.advance(Duration.ofSeconds(2));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
        assertThat(causes()).as("none that is held").isEmpty();
    }

    @Test
    void whatWasTakenBackOverAnotherConnectionStaysSoForWhoeverSeemsToStandBehindItElsewhere() {
        bench.publish(one, "p", 1, "a:1");
        bench.unpublish(two, "p", 2);
        bench.role.onDisconnected(one, RemovalCause.IDLE);
        bench.advance(Duration.ofSeconds(2));
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void whatWasPublishedAgainSinceItWasTakenBackGoesAsItsConnectionGoes() {
        bench.publish(one, "p", 1, "a:1");
        bench.unpublish(two, "p", 2);
        bench.publish(one, "p", 3, "a:3");
        bench.role.onDisconnected(one, RemovalCause.IDLE);
        bench.advance(Duration.ofSeconds(2));

        assertThat(causes()).containsExactly(RemovalCause.IDLE);
    }

    @Test
    void takingBackWithoutHavingRegisteredHappensWhenTheRegistrationArrivesAfterIt() {
        bench.publish(one, "p", 1, "a:1");
        bench.unpublish(two, "p", 2);
        bench.publish(two, "p", 1, "a:1");
        bench.advance(Duration.ofSeconds(2));

        assertThat(bench.data().find(PAY, "p")).isEmpty();
        bench.role.onDisconnected(one);
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void takingBackWhatALiveConnectionToAnotherSessionRegisteredIsAcceptedAndChangesNothing() {
        bench.elsewhere("p", 1, bench.clock.next());
        assertThat(bench.unpublish(one, "p", 2).isRefused()).isFalse();
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(ELSEWHERE);
    }

    @Test
    void takingBackWhatALostSessionHadHappensWhenTheLeaderKnowsThatItIsLost() {
        bench.elsewhere("p", 1, bench.clock.next());
        bench.unpublish(one, "p", 2);
        bench.advance(Duration.ofSeconds(40));
        assertThat(owner()).as("it still seems to live").isEqualTo(ELSEWHERE);

        bench.data().gone.add(ELSEWHERE);
        bench.advance(Duration.ofSeconds(6));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void takingBackIsForTheLeaderToJudgeWhenTheOldConnectionHereIsNotWhatItLists() {
        bench.publish(one, "p", 1, "a:1");
        bench.elsewhere("p", 1, bench.clock.next());
        bench.advance(Duration.ofSeconds(5));
        assertThat(owner()).isEqualTo(ELSEWHERE);
        bench.unpublish(two, "p", 2);
        bench.advance(Duration.ofSeconds(2));
        assertThat(owner()).as("it seems to live").isEqualTo(ELSEWHERE);
        assertThat(bench.data().received(ApplyChanges.class))
                .flatExtracting(ApplyChanges::changes)
                .extracting(RegistrationChange::change)
                .anyMatch(DatumChange.Unregister.class::isInstance);

        bench.data().gone.add(ELSEWHERE);
        bench.advance(Duration.ofSeconds(6));
        assertThat(bench.data().find(PAY, "p")).isEmpty();
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.data().find(PAY, "p")).as("brought back by nobody").isEmpty();
    }

    @Test
    void whatIsPublishedAgainAfterATakingBackThatWasNotHonouredStays() {
        bench.elsewhere("p", 1, bench.clock.next());
        bench.unpublish(one, "p", 2);
        bench.elsewhere("p", 3, bench.clock.next());
        bench.data().gone.add(ELSEWHERE);
        bench.advance(Duration.ofSeconds(30));
        assertThat(owner()).isEqualTo(ELSEWHERE);

        bench.unpublish(one, "q", 2);
        bench.elsewhere("q", 1, bench.clock.next());
        bench.publish(one, "q", 3, "mine:1");
        bench.advance(Duration.ofSeconds(30));
        assertThat(bench.data().find(PAY, "q").orElseThrow().addresses()).containsExactly("mine:1");
    }

    private List<RemovalCause> causes() {
        return bench.data().received(ApplyChanges.class).stream()
                .flatMap(each -> each.changes().stream())
                .map(RegistrationChange::change)
                .filter(DatumChange.Remove.class::isInstance)
                .map(each -> ((DatumChange.Remove) each).cause())
                .toList();
    }

    private SessionIncarnation owner() {
        return bench.data().find(PAY, "p").orElseThrow().owner().session();
    }

    private void takeBackElsewhere(String registId, long version) {
        bench.data()
                .change(
                        PAY,
                        new DatumChange.Unregister(
                                RegistrationId.ofSofa(registId),
                                new RegistrationOrder(version, bench.clock.next()),
                                new Owner(ELSEWHERE, 3),
                                false));
    }
}
