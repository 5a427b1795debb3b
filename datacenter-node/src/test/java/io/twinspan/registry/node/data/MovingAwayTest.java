package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.EAST;
import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Registrations whose clients were sent to another datacenter, at the leader of their slot. */
final class MovingAwayTest {
    private DataNodeOnBench node = DataNodeOnBench.settled();

    private Datum own() {
        return Objects.requireNonNull(node.fetchOnNotice(EAST).datum());
    }

    private void order() {
        node.role.onMove(new MoveView(
                1,
                new MoveOrder(
                        1,
                        "f1",
                        new FederationEpoch(7, WEST),
                        EAST,
                        WEST,
                        MoveStage.COMMITTED,
                        node.clock.physicalMillis()),
                true,
                List.of()));
        node.run();
    }

    private Publisher sendAway(Publisher publisher) {
        Publisher moving = publisher.moving(node.clock.physicalMillis());
        assertThat(node.change(publisher.owner().session(), new DatumChange.Register(moving)))
                .isEqualTo(ChangeOutcome.APPLIED);
        return moving;
    }

    private void west(long version, Publisher... publishers) {
        node.role
                .foreignDatums()
                .install(Datum.of(WEST, SERVICE, new DatumVersion(version), List.of(publishers), List.of()));
        node.run();
    }

    private MoveProgress progress() {
        return node.role.moveProgress().orElseThrow();
    }

    @Test
    void anEntryThatHasGoneOverGoesAndTheNewListFollowsThePeersThatHasIt() {
        order();
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        Publisher there = node.publisher(S2, 1, "a:1");
        DatumVersion before = own().version();
        sendAway(here);
        assertThat(own().version()).as("nothing to see").isEqualTo(before);
        west(500, there);

        assertThat(own().publishers())
                .extracting(each -> each.addresses().get(0))
                .containsExactly("a:2");
        assertThat(own().after()).isEqualTo(Map.of(WEST, new DatumVersion(500)));
        node.pass(Duration.ofSeconds(1));
        assertThat(progress().over()).isOne();
        assertThat(progress().moving()).isZero();
    }

    @Test
    void whoIsThereBeforeHisSessionSaysSoGoesAtOnce() {
        order();
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        node.register(S1, 2, "a:2");
        west(500, node.publisher(S2, 1, "a:1"));
        assertThat(own().count()).isEqualTo(2);
        sendAway(here);
        assertThat(own().count()).isOne();
    }

    @Test
    void theLastOneThatGoesOverLeavesAWordOfWhereItIs() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        Publisher there = node.publisher(S2, 1, "a:1");
        sendAway(here);
        west(500, there);
        assertThat(own().count()).isZero();
        assertThat(own().after()).containsKey(WEST);
    }

    @Test
    void itOutlivesItsSessionAndGoesToTheQuarantineInTheEnd() {
        order();
        node.renew(S1);
        node.renew(S2);
        for (int i = 2; i < 12; i++) {
            node.register(S2, i, "b:" + i);
        }
        Publisher one = node.register(S1, 1, "a:1");
        sendAway(one);
        node.see(node.table(), S2);
        node.passAlive(Duration.ofSeconds(100), S2);
        assertThat(own().count()).as("its session is long over").isEqualTo(11);
        assertThat(progress().moving()).isOne();
        node.passAlive(Duration.ofSeconds(60), S2);
        assertThat(own().count()).as("held").isEqualTo(11);
        assertThat(progress().overdue()).isOne();
        assertThat(progress().notOver())
                .singleElement()
                .asString()
                .contains("service", one.id().value());
        node.passAlive(Duration.ofMinutes(11), S2);
        assertThat(own().count()).isEqualTo(10);
    }

    @Test
    void itsSessionHandsItToTheQuarantineAndARepeatedWordChangesNothing() {
        order();
        node.renew(S1);
        Publisher one = sendAway(node.register(S1, 1, "a:1"));
        node.change(S1, new DatumChange.Remove(one.id(), one.owner(), RemovalCause.NOT_OVER));
        node.pass(Duration.ofSeconds(1));
        assertThat(progress().overdue()).isOne();
        node.change(S1, new DatumChange.Register(one));
        node.pass(Duration.ofSeconds(1));
        assertThat(progress().overdue()).isOne();
        assertThat(own().count()).isOne();
    }

    @Test
    void aClientThatComesBackIsListedAsBefore() {
        order();
        node.renew(S1);
        node.renew(S2);
        sendAway(node.register(S1, 1, "a:1"));
        Publisher back = node.register(S2, 1, "a:1");
        west(500, Samples.publisher(S2, 1, 1, "a:1"));
        node.passAlive(Duration.ofSeconds(200), S1, S2);
        assertThat(own().find(back.id())).hasValue(back);
        assertThat(progress().moving() + progress().overdue()).isZero();
    }

    @Test
    void aClientThatWasStartedAnewOnItsWayIsKnownByItsAddress() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1?weight=1");
        node.register(S1, 3, "a:3");
        Publisher there = node.publisher(S2, 2, "a:1?weight=2");
        sendAway(here);
        west(500, there);
        assertThat(own().publishers())
                .extracting(each -> each.addresses().get(0))
                .containsExactly("a:3");
    }

    @Test
    void oneThatIsOnItsWayThereTooIsNotThere() {
        node.renew(S1);
        Publisher here = node.register(S1, 1, "a:1");
        Publisher there = node.publisher(S2, 1, "a:1").moving(5);
        sendAway(here);
        west(500, there);
        assertThat(own().count()).isOne();
    }

    @Test
    void whoeverTakesItBackFromAnotherConnectionIsBelieved() {
        node.renew(S1);
        node.renew(S2);
        Publisher here = sendAway(node.register(S1, 1, "a:1"));
        RegistrationOrder later = node.publisher(S2, 1, "a:1").order();
        node.change(
                S2,
                new DatumChange.Unregister(
                        here.id(), later, node.publisher(S2, 1, "a:1").owner(), false));
        assertThat(node.fetchOnNotice(EAST).datum()).isNull();
    }

    @Test
    void itIsStillOnItsWayAfterARestartAndSoIsWhatListsFollow() {
        order();
        node.renew(S1);
        Publisher first = node.register(S1, 1, "a:1");
        Publisher second = node.register(S1, 2, "a:2");
        Publisher there = node.publisher(S2, 1, "a:1");
        sendAway(first);
        sendAway(second);
        west(500, there);
        node = node.restarted();
        order();
        node.passAlive(Duration.ofSeconds(30), S2);
        assertThat(own().publishers()).singleElement().matches(Publisher::isMoving);
        assertThat(own().after()).isEqualTo(Map.of(WEST, new DatumVersion(500)));
        node.passAlive(Duration.ofSeconds(3), S2);
        assertThat(progress().moving()).isOne();
    }
}
