package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.FederationCall;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.runtime.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DutyDeskTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Caller FROM_WEST = new Caller(WEST, new NodeId("w"), NodeRole.META);
    private static final Duration SECONDS = Duration.ofSeconds(4);

    private final DutyDatacenters all = new DutyDatacenters("east", "west");
    private final DutyDatacenters.Site east = all.site("east");
    private final DutyDatacenters.Site west = all.site("west");

    @Test
    void beforeTheFirstDecisionEverybodyIsJoiningAndOneWithoutPeersIsActive() {
        assertThat(east.get("/federation/v1/status").path("duty").asString()).isEqualTo("JOINING");
        assertThat(east.line()).isEmpty();
        assertThat(east.role.federationLine()).isEmpty();
        DutyDatacenters alone = new DutyDatacenters("east");
        assertThat(alone.site("east").get("/federation/v1/status").path("duty").asString())
                .isEqualTo("ACTIVE");
    }

    @Test
    void theFirstDecisionIsConfirmedByThePeerAndToldToEveryNodeWithItsLease() {
        OperatorAnswer answer = east.post("/federation/v1/init", "{'active':'east'}");

        assertThat(answer.body()).contains("decided: east ACTIVE, epoch 1/east, confirmed");
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 1/east, confirmed");
        assertThat(east.role.federationLine()).isEqualTo("east ACTIVE, epoch 1/east, confirmed");
        FederationView told = Objects.requireNonNull(east.ask(
                        new RenewLease(MetaFixture.session("s1"), List.of()),
                        new Caller(EAST, new NodeId("s1"), NodeRole.SESSION))
                .join()
                .federation());
        assertThat(told.state()).isEqualTo(east.role.state().book().duty());
        assertThat(told.isConfirmedByPeers()).isTrue();
        assertThat(west.post("/federation/v1/init", "{'active':'west'}").body())
                .contains("epoch 1/east has decided already that east is active");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/federation/v1/init    | {'active':'mars'} | mars is unknown here; known are [east, west]",
                "/federation/v1/init    | {}                | active is missing",
                "/federation/v1/init    | nonsense          | not JSON",
                "/federation/v1/standby | {'datacenter':'west'} | none of in, out",
                "/failover/v1/run       | {'to':'mars'}     | mars is unknown here",
                "/failover/v1/run       | {}                | to is missing"
            })
    void whatCannotBeMeantIsRefusedWithTheReasonAndChangesNothing(String path, String body, String why) {
        OperatorAnswer answer = east.post(path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(east.role.state().book()).isEqualTo(DutyBook.EMPTY);
    }

    @Test
    void aMetaThatStartsAgainKeepsItsEpochAndWhoeverWasAwayFollowsOnReturn() {
        east.post("/federation/v1/init", "{'active':'east'}");
        west.restart();
        assertThat(west.role.state().book().duty().epoch()).isEqualTo(new FederationEpoch(1, EAST));

        all.cut("west");
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}");
        all.pass(SECONDS.multipliedBy(2));
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 2/east, unconfirmed by west");
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 1/east, unconfirmed by east");
        all.heal();
        all.pass(SECONDS);
        assertThat(west.line()).isEqualTo("west DOWN, epoch 2/east, confirmed");
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 2/east, confirmed");
    }

    @Test
    void aDoubleForceIsShownAsAConflictOnBothSidesUntilAnOperatorConfirms() {
        doubleForce();

        assertThat(east.line()).contains("east DOWN, epoch 2/west, confirmed, CONFLICT with 2/east");
        assertThat(west.line()).contains("west ACTIVE, epoch 2/west, confirmed, CONFLICT with 2/east");
        assertThat(east.get("/federation/v1/status")
                        .path("conflict")
                        .path("contested")
                        .path(0)
                        .path("issuer")
                        .asString())
                .isEqualTo("east");
        east.restart();
        west.restart();
        all.pass(SECONDS);
        assertThat(east.line()).as("also after a restart").contains("CONFLICT");
        assertThat(east.get("/failover/v1/plan?to=east").path("message").asString())
                .contains("in CONFLICT");
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'east','position':'in'}")
                        .body())
                .contains("in conflict");

        assertThat(east.post("/federation/v1/confirm", "{'active':'east'}").body())
                .contains("decided: east ACTIVE, epoch 3/east, confirmed");
        assertThat(west.line()).isEqualTo("west STANDBY, epoch 3/east, confirmed");
        assertThat(east.post("/federation/v1/confirm", "{}").body()).contains("no conflict to confirm");
    }

    @Test
    void aConflictThatIsConfirmedWithoutANameKeepsWhoIsActiveAndWhoIsOut() {
        doubleForce();

        assertThat(west.post("/federation/v1/confirm", "{}").body())
                .contains("decided: west ACTIVE, epoch 3/west, confirmed");
        assertThat(east.line()).isEqualTo("east DOWN, epoch 3/west, confirmed");
        assertThat(west.post("/federation/v1/standby", "{'datacenter':'east','position':'in'}")
                        .status())
                .isEqualTo(200);
        assertThat(east.line()).isEqualTo("east STANDBY, epoch 4/west, confirmed");
    }

    @Test
    void whoeverIsNoPeerOrSpeaksForAnotherIsNotBelieved() {
        FederationState forged = decision(1, WEST);
        Caller mars = new Caller(new DatacenterId("mars"), new NodeId("m"), NodeRole.META);

        assertThat(east.ask(new OfferDuty(new DatacenterId("mars"), forged), mars))
                .completesExceptionallyWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("mars is not configured as a peer here");
        assertThat(east.ask(new OfferDuty(WEST, forged), mars))
                .completesExceptionallyWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("of mars speaks for datacenter west");
        OperatorAnswer call = east.ask(
                        new FederationCall(WEST, new OperatorCall("/federation/v1/init", "", "{\"active\":\"west\"}")),
                        mars)
                .join();
        assertThat(call.status()).isEqualTo(409);
        assertThat(east.ask(new FederationCall(WEST, new OperatorCall("/manage/changePeer", "", "")), FROM_WEST)
                        .join()
                        .body())
                .contains("not for /manage/changePeer");
        assertThat(east.role.state().book()).isEqualTo(DutyBook.EMPTY);
    }

    @Test
    void anEpochFarAheadIsRefusedWithTheReasonAndChangesNothing() {
        east.post("/federation/v1/init", "{'active':'east'}");
        DutyHeld answer =
                east.ask(new OfferDuty(WEST, decision(2_000, WEST)), FROM_WEST).join();

        assertThat(answer.refusal()).contains("epoch 2000/west is more than 1000 ahead of epoch 1/east");
        assertThat(answer.state().epoch()).isEqualTo(new FederationEpoch(1, EAST));
        assertThat(east.role.state().book().duty().epoch()).isEqualTo(new FederationEpoch(1, EAST));
    }

    @Test
    void aStandbyIsTakenOutAndReadmittedOnlyWhenItIsInSync() {
        east.post("/federation/v1/init", "{'active':'east'}");
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'east','position':'out'}")
                        .body())
                .contains("east is active");
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}")
                        .body())
                .contains("decided: east ACTIVE, epoch 2/east");
        assertThat(west.line()).startsWith("west DOWN");
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}")
                        .body())
                .contains("west is DOWN already");

        west.isDown = true;
        assertThat(east.post("/federation/v1/standby", "{'datacenter':'west','position':'in'}")
                        .body())
                .contains("cannot stand by yet: it does not answer");
        west.isDown = false;
        all.pass(SECONDS);
        assertThat(west.post("/federation/v1/standby", "{'datacenter':'west','position':'in'}")
                        .body())
                .contains("decided: west STANDBY, epoch 3/west, confirmed");
        assertThat(east.line()).isEqualTo("east ACTIVE, epoch 3/west, confirmed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"east", "west"})
    void aStandbyIsNotReadmittedWhileItListsWhatIsOverUnlessThatIsSaid(String asked) {
        east.post("/federation/v1/init", "{'active':'east'}");
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}");
        east.outdated = 3;
        DutyDatacenters.Site site = all.site(asked);
        assertThat(site.post("/federation/v1/standby", "{'datacenter':'west','position':'in'}")
                        .body())
                .contains("cannot stand by yet: 3 of the registrations that it lists for clients in east");
        assertThat(site.post("/federation/v1/standby", "{'datacenter':'west','position':'in','outdatedToo':'perhaps'}")
                        .status())
                .isEqualTo(400);
        assertThat(west.line()).startsWith("west DOWN");
        assertThat(site.post("/federation/v1/standby", "{'datacenter':'west','position':'in','outdatedToo':true}")
                        .body())
                .contains("decided: ");
        assertThat(west.line()).startsWith("west STANDBY");
    }

    private void doubleForce() {
        east.post("/federation/v1/init", "{'active':'east'}");
        all.cut("west");
        all.pass(Duration.ofSeconds(8));
        assertThat(west.post("/failover/v1/run", "{'to':'west','force':true}").status())
                .isEqualTo(200);
        east.post("/federation/v1/standby", "{'datacenter':'west','position':'out'}");
        all.pass(SECONDS);
        assertThat(west.line()).contains("west ACTIVE, epoch 2/west, unconfirmed by east");
        assertThat(east.line()).contains("east ACTIVE, epoch 2/east, unconfirmed by west");
        all.heal();
        all.pass(SECONDS);
    }

    private static FederationState decision(long number, DatacenterId issuer) {
        FederationEpoch epoch = new FederationEpoch(number, issuer);
        return new FederationState(epoch, Map.of(issuer, Duty.ACTIVE), List.of(epoch), Set.of(), Set.of());
    }
}
