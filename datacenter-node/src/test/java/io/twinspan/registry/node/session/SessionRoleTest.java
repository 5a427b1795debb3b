package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.session.SessionBench.DATA_2;
import static io.twinspan.registry.node.session.SessionBench.PAY;
import static io.twinspan.registry.node.session.SessionBench.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.node.session.push.FakeConnection;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SessionRoleTest {
    private static final SessionIncarnation ELSEWHERE = new SessionIncarnation(new NodeId("session-2"), 5);

    private final SessionBench bench = new SessionBench();
    private final FakeConnection one = new FakeConnection(1);
    private final FakeConnection two = new FakeConnection(2);

    @BeforeEach
    void connect() {
        bench.connect(one);
        bench.connect(two);
    }

    @Test
    void aPublishIsNotifiedWithoutAnyFixedWait() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        long before = bench.time.nanos();
        bench.role.onRegistration(
                one,
                new ClientRegistration(
                        ClientRegistration.Kind.PUBLISHER,
                        PAY,
                        "p",
                        true,
                        1,
                        "Z",
                        "app",
                        Scope.GLOBAL,
                        List.of("a:1")));
        // Three hops of a millisecond each: change, notice, fetch.
        bench.advance(Duration.ofMillis(3));

        assertThat(two.shown("s")).containsExactly("a:1");
        assertThat(bench.time.nanos() - before).isEqualTo(3_000_000);
    }

    @Test
    void subscribeThenPublishGetsAnInitialEmptyPush() {
        bench.subscribe(two, "s", Scope.DATACENTER);

        assertThat(two.pushes()).isNotEmpty();
        assertThat(two.pushes().get(0).addressesByZone()).isEmpty();
    }

    @Test
    void aRepublishAndAnUnregisterReachTheSubscriber() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.publish(one, "p", 1, "a:1");
        bench.publish(one, "p", 2, "b:1");
        assertThat(two.shown("s")).containsExactly("b:1");

        bench.unpublish(one, "p", 3);
        assertThat(two.shown("s")).isEmpty();
    }

    @Test
    void changesAreCoalescedWhileACallIsInFlightAndEndWithTheLast() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        for (int i = 1; i <= 100; i++) {
            bench.role.onRegistration(
                    one,
                    new ClientRegistration(
                            ClientRegistration.Kind.PUBLISHER,
                            PAY,
                            "p",
                            true,
                            i,
                            "Z",
                            "app",
                            Scope.GLOBAL,
                            List.of("a:" + i)));
        }
        bench.run();

        assertThat(two.shown("s")).containsExactly("a:100");
        assertThat(bench.data().received(ApplyChanges.class)).hasSize(2);
    }

    @Test
    void aClosedConnectionTakesAwayWhatItOwns() {
        bench.publish(one, "p", 1, "a:1");
        bench.publish(two, "q", 1, "b:1");
        bench.role.onDisconnected(one);
        bench.run();

        assertThat(bench.data().find(PAY, "p")).isEmpty();
        assertThat(bench.data().find(PAY, "q")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(RemovalCause.class)
    void howAConnectionEndedTravelsWithWhatItTakesAway(RemovalCause cause) {
        bench.publish(one, "p", 1, "a:1");
        bench.role.onDisconnected(one, cause);
        bench.run();

        assertThat(bench.data().received(ApplyChanges.class))
                .flatExtracting(ApplyChanges::changes)
                .extracting(RegistrationChange::change)
                .filteredOn(DatumChange.Remove.class::isInstance)
                .extracting("cause")
                .containsExactly(cause);
    }

    @Test
    void aWriteStillQueuedIsDroppedWhenItsConnectionCloses() {
        bench.isCut = true;
        bench.publish(two, "blocks", 1, "b:1");
        bench.publish(one, "p", 1, "a:1");
        bench.role.onDisconnected(one);
        bench.isCut = false;
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.data().received(ApplyChanges.class))
                .flatExtracting(ApplyChanges::changes)
                .noneMatch(change -> change.change() instanceof DatumChange.Register
                        && change.change().id().value().equals("sofa:p"));
        assertThat(bench.data().find(PAY, "blocks")).isPresent();
    }

    @Test
    void aReconnectedClientKeepsItsRegistrationWhenTheOldConnectionCloses() {
        bench.publish(one, "p", 1, "a:1");
        bench.publish(two, "p", 1, "a:1");
        DatumVersion version = bench.data().datum(PAY).version();
        bench.role.onDisconnected(one);
        bench.run();

        assertThat(bench.data().find(PAY, "p").orElseThrow().owner().connection())
                .isEqualTo(2);
        assertThat(bench.data().datum(PAY).version())
                .as("no subscriber was disturbed")
                .isEqualTo(version);
    }

    @Test
    void unregisteringSomebodyElsesRegistrationChangesNothing() {
        bench.publish(one, "p", 1, "a:1");
        assertThat(bench.unpublish(two, "p", 2).isRefused()).isFalse();
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.data().find(PAY, "p")).isPresent();

        assertThat(bench.unpublish(one, "p", 2).isRefused()).isFalse();
        assertThat(bench.data().find(PAY, "p")).isEmpty();
    }

    @Test
    void anUnreachableLeaderMakesNoRefusal() {
        bench.isCut = true;
        bench.unpublish(one, "nobody", 2);
        var answer = bench.role.onRegistration(
                one,
                new ClientRegistration(
                        ClientRegistration.Kind.PUBLISHER, PAY, "x", false, 2, "Z", "", Scope.GLOBAL, List.of()));
        bench.run();

        assertThat(answer.toCompletableFuture()).isCompletedWithValue(RegistrationAnswer.ACCEPTED);
        assertThat(bench.publish(one, "p", 1, "a:1").isRefused()).isFalse();
    }

    @Test
    void anOvertakenCopyOfARequestChangesNothing() {
        bench.publish(one, "p", 2, "new:1");
        bench.publish(one, "p", 1, "old:1");

        assertThat(bench.data().find(PAY, "p").orElseThrow().addresses()).containsExactly("new:1");
    }

    @Test
    void aDataNodeThatLostEverythingIsRepairedAndNothingIsPushedEmpty() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.publish(one, "p", 1, "a:1");
        bench.data().isWarming = true;
        bench.data().loseEverything();
        bench.advance(Duration.ofSeconds(3));

        assertThat(bench.data().find(PAY, "p")).isPresent();
        assertThat(bench.data().isInterested(PAY)).isTrue();
        assertThat(two.shown("s")).containsExactly("a:1");
        bench.data().isWarming = false;
        bench.advance(Duration.ofSeconds(10));
        assertThat(two.shown("s")).containsExactly("a:1");
        assertThat(two.pushes().stream().skip(1).filter(push -> push.segment().equals(SessionBench.EAST)))
                .noneMatch(push -> push.addressesByZone().isEmpty());
    }

    @Test
    void anotherLeaderIsBroughtUpToDateAndAsked() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.publish(one, "p", 1, "a:1");
        bench.data().leads = false;
        bench.lead(DATA_2);
        bench.advance(Duration.ofSeconds(3));
        bench.publish(one, "p", 2, "b:1");

        assertThat(bench.node(DATA_2).find(PAY, "p")).isPresent();
        assertThat(two.shown("s")).containsExactly("b:1");
    }

    @Test
    void whatANodeDoesNotLeadWaitsForANewerTable() {
        bench.data().leads = false;
        bench.publish(one, "p", 1, "a:1");
        bench.advance(Duration.ofSeconds(1));
        bench.lead(DATA_2);
        bench.run();

        assertThat(bench.node(DATA_2).find(PAY, "p")).isPresent();
    }

    @Test
    void aLeaderThatAnswersAnOlderVersionIsRaised() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.publish(one, "p", 1, "a:1");
        DatumVersion held = bench.data().datum(PAY).version();
        bench.node(DATA_2)
                .change(
                        PAY,
                        new DatumChange.Register(bench.data().find(PAY, "p").orElseThrow()));
        bench.data().leads = false;
        bench.node(DATA_2).loseEverything();
        bench.lead(DATA_2);
        bench.advance(Duration.ofSeconds(3));

        assertThat(bench.node(DATA_2).received(RaiseVersion.class)).isNotEmpty();
        assertThat(bench.node(DATA_2).datum(PAY).version().compareTo(held)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void quietSlotsAreNeverSyncedInVain() {
        bench.subscribe(two, "s", Scope.GLOBAL);
        for (int i = 1; i <= 200; i++) {
            bench.publish(one, "p", i, "a:" + i);
        }
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.data().received(SyncPublishers.class)).isEmpty();
        assertThat(bench.data().received(SyncInterest.class)).isEmpty();
    }

    @Test
    void interestEndsWithTheLastSubscriber() {
        bench.subscribe(one, "s", Scope.DATACENTER);
        bench.subscribe(two, "t", Scope.DATACENTER);
        bench.unsubscribe(one, "s");
        assertThat(bench.data().isInterested(PAY)).isTrue();

        bench.role.onDisconnected(two);
        bench.run();
        assertThat(bench.data().isInterested(PAY)).isFalse();
        bench.publish(one, "p", 1, "a:1");
        assertThat(one.shown("s")).isEmpty();
    }

    @Test
    void scopeGlobalIsShownThePeerWhileThereAreNoOwnProviders() {
        bench.subscribe(two, "s", Scope.GLOBAL);
        bench.data().installForeign(west("w:1"));
        bench.run();
        assertThat(two.shown("s")).containsExactly("w:1");

        bench.publish(one, "p", 1, "e:1");
        assertThat(two.shown("s")).containsExactly("e:1");

        bench.unpublish(one, "p", 2);
        assertThat(two.shown("s")).containsExactly("w:1");
    }

    @Test
    void scopeDatacenterNeverAsksForThePeersSegment() {
        bench.data().installForeign(west("w:1"));
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.advance(Duration.ofSeconds(10));

        assertThat(two.shown("s")).isEmpty();
        assertThat(bench.data().received(FetchDatums.class))
                .flatExtracting(FetchDatums::queries)
                .noneMatch(query -> query.datacenter().equals(WEST));
    }

    @Test
    void aConnectionTakenOutByAnOperatorIsTakenBack() {
        bench.subscribe(two, "s", Scope.DATACENTER);
        bench.publish(one, "p", 1, "a:1");
        var off = bench.role.setOff(List.of(one.remoteAddress(), "10.9.9.9:1"), true);
        bench.run();
        assertThat(off.toCompletableFuture()).isCompletedWithValue(List.of(one.remoteAddress()));
        assertThat(two.shown("s")).isEmpty();
        bench.publish(one, "p", 2, "b:1");
        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("s")).isEmpty();

        bench.role.setOff(List.of(one.remoteAddress()), false);
        bench.advance(Duration.ofSeconds(3));
        assertThat(two.shown("s")).containsExactly("b:1");
    }

    @Test
    void aWatcherIsAnsweredAndFollowsTheValue() {
        bench.register(two, ClientRegistration.Kind.WATCHER, "w", true, 0, Scope.GLOBAL);
        bench.role.onProvided(new ProvidedChanges(1, List.of(new ProvidedValue(PAY, 9, "rule", 1))));
        bench.run();

        assertThat(two.configs()).extracting(ConfigPush::data).containsExactly(null, "rule");
    }

    @Test
    void clientsAreTakenFromTheFirstWordOfWhoLeads() {
        SessionBench young = new SessionBench(false);
        assertThat(young.role.isTakingClients()).isFalse();

        young.lead(SessionBench.DATA_1);
        young.run();

        assertThat(young.role.isTakingClients()).isTrue();
    }

    @Test
    void countsAreOfWhatIsInForce() {
        bench.publish(one, "p", 1, "a:1");
        bench.publish(one, "q", 1, "a:1");
        bench.subscribe(two, "s", Scope.GLOBAL);
        bench.role.setOff(List.of(one.remoteAddress()), true);
        var counts = bench.role.inspection().counts();
        bench.run();

        assertThat(counts.toCompletableFuture().getNow(new SessionInspection.Counts(0, 0, 0, 0)))
                .isEqualTo(new SessionInspection.Counts(1, 0, 0, 2));
    }

    private Datum west(String address) {
        Publisher publisher = new Publisher(
                RegistrationId.ofSofa("west"),
                new RegistrationOrder(1, bench.clock.next()),
                new Owner(ELSEWHERE, 1),
                "DEFAULT_ZONE",
                "app",
                "10.1.0.1:1",
                List.of(address));
        return Datum.of(WEST, PAY, new DatumVersion(bench.clock.next().value()), List.of(publisher), List.of());
    }
}
