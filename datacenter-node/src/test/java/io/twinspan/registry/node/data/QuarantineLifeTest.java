package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static io.twinspan.registry.node.data.DataNodeOnBench.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineLifeTest {
    private static final Duration LEASE_OVER = Duration.ofSeconds(32);
    private static final Duration BOUND = QuarantineSettings.standard().bound();

    private final DataNodeOnBench node = DataNodeOnBench.settled();

    @Test
    void aServiceThatWouldLoseSixtyPercentWithASessionKeepsThemUnchanged() {
        List<Publisher> ofS1 = publishers(6, 4);
        node.renew(S2);
        DatumVersion before = node.fetch(S2).version();

        endOfS1();

        assertThat(count()).isEqualTo(10);
        assertThat(node.fetch(S2).version()).isEqualTo(before);
        assertThat(node.told()).isEmpty();
        QuarantineReport report = held().get(0);
        assertThat(report.service()).isEqualTo(SERVICE);
        assertThat(report.held()).isEqualTo(6);
        assertThat(report.listed()).isEqualTo(10);
        assertThat(report.causes()).isEqualTo(Map.of(RemovalCause.SESSION_LEASE_OVER, 6));
        assertThat(report.sessions()).containsExactly(S1.node());
        assertThat(report.untilMillis() - report.sinceMillis()).isEqualTo(BOUND.toMillis());
        assertThat(ofS1).hasSize(6);
    }

    @Test
    void aServiceThatWouldLoseFortyPercentLosesThem() {
        publishers(4, 6);
        endOfS1();
        assertThat(count()).isEqualTo(6);
        assertThat(held()).isEmpty();
    }

    @Test
    void servicesWithOnePublisherAreHeldWithTheSourceThatIsLost() {
        DataInfoId small = DataInfoId.of("small");
        node.ask(new ApplyChanges(
                S1, List.of(new RegistrationChange(small, new DatumChange.Register(node.publisher(S1, 99, "s:99"))))));
        publishers(4, 6);
        endOfS1();
        assertThat(held()).extracting(QuarantineReport::service).containsExactly(small);
    }

    @Test
    void nobodyIsOverWhileMetaHasNoQuorum() {
        publishers(4, 6);
        node.see(node.table(), S2);
        node.isMetaHeard = false;
        node.passAlive(Duration.ofMinutes(5), S2);
        assertThat(count()).isEqualTo(10);
        assertThat(held()).isEmpty();
        node.isMetaHeard = true;
        node.passAlive(Duration.ofSeconds(1), S2);
        assertThat(count()).isEqualTo(6);
    }

    @Test
    void aSilentSessionThatIsStillConnectedIsNotOver() {
        Set<NodeId> connected = new HashSet<>(Set.of(S1.node()));
        node.role.watch(connected::contains);
        publishers(4, 6);
        endOfS1();
        node.passAlive(Duration.ofMinutes(5), S2);
        assertThat(count()).isEqualTo(10);
        connected.clear();
        node.passAlive(Duration.ofSeconds(1), S2);
        assertThat(count()).isEqualTo(6);
    }

    @Test
    void theConnectionOfTheNextLifeDoesNotKeepTheFormer() {
        node.role.watch(connected -> true);
        publishers(4, 6);
        node.see(node.table(), S2, new SessionIncarnation(S1.node(), 2));
        node.passAlive(LEASE_OVER, S2);
        assertThat(count()).isEqualTo(6);
    }

    @Test
    void aSessionThatComesBackWithItsListFindsAllLiveAgain() {
        List<Publisher> ofS1 = publishers(6, 4);
        endOfS1();
        DatumVersion before = node.fetch(S2).version();
        assertThat(node.renew(S1, digest(ofS1)).publishers()).containsExactly(SLOT);
        node.ask(new SyncPublishers(
                S1,
                SLOT,
                ofS1.stream()
                        .map(each -> new SyncPublishers.Entry(SERVICE, each))
                        .toList()));
        assertThat(held()).isEmpty();
        assertThat(node.fetch(S2).version()).isEqualTo(before);
        node.pass(Duration.ofSeconds(2));
        assertThat(node.renew(S1, digest(ofS1)).publishers()).isEmpty();
    }

    @Test
    void aRegistrationThatComesThroughAnotherSessionIsReleasedAndLives() {
        publishers(6, 4);
        endOfS1();
        DatumVersion before = node.fetch(S2).version();
        node.register(S2, 0, "a:0?weight=100");
        assertThat(held().get(0).held()).isEqualTo(5);
        assertThat(node.fetch(S2).version()).isEqualTo(before);
        node.passAlive(BOUND.plus(LEASE_OVER), S2);
        assertThat(ids()).contains("sofa:r0").doesNotContain("sofa:r1").hasSize(5);
    }

    @Test
    void aRestartedClientTakesThePlaceOfItsFormerSelfInOneChange() {
        publishers(6, 4);
        node.renew(S2);
        node.fetch(S2);
        endOfS1();
        node.register(S2, 50, "a:0?weight=50");
        assertThat(held().get(0).held()).isEqualTo(5);
        assertThat(ids()).contains("sofa:r50").doesNotContain("sofa:r0").hasSize(10);
        assertThat(node.told()).hasSize(1);
    }

    @Test
    void anOperatorReleasesWhatIsHeld() {
        publishers(6, 4);
        endOfS1();
        assertThat(answer(() -> node.role.releaseQuarantined(new QuarantineChoice("other", null))))
                .isEqualTo(new QuarantineChange(0, 0));
        assertThat(answer(() -> node.role.releaseQuarantined(new QuarantineChoice("service", null))))
                .isEqualTo(new QuarantineChange(1, 6));
        assertThat(count()).isEqualTo(4);
        assertThat(held()).isEmpty();
    }

    @Test
    void whatAnOperatorConfirmsStaysBeyondTheBound() {
        publishers(6, 4);
        endOfS1();
        assertThat(answer(() -> node.role.confirmQuarantined(QuarantineChoice.ALL)))
                .isEqualTo(new QuarantineChange(1, 6));
        node.passAlive(BOUND.multipliedBy(2), S2);
        assertThat(count()).isEqualTo(10);
        assertThat(held().get(0).untilMillis()).isZero();
        assertThat(answer(() -> node.role.confirmQuarantined(QuarantineChoice.ALL)))
                .isEqualTo(new QuarantineChange(0, 0));
        assertThat(answer(() -> node.role.releaseQuarantined(QuarantineChoice.ALL)))
                .isEqualTo(new QuarantineChange(1, 6));
    }

    @Test
    void atTheEndOfTheBoundServicesAreReleasedAtABoundedRate() {
        List<RegistrationChange> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            changes.add(new RegistrationChange(
                    DataInfoId.of("service-" + i), new DatumChange.Register(node.publisher(S1, i, "a:" + i))));
        }
        node.ask(new ApplyChanges(S1, changes));
        endOfS1();
        assertThat(count()).isEqualTo(200);
        node.passAlive(BOUND.minus(Duration.ofSeconds(10)), S2);
        assertThat(count()).isEqualTo(200);
        node.passAlive(Duration.ofSeconds(13), S2);
        int rate = QuarantineSettings.standard().releasesPerSecond();
        assertThat(count()).isBetween(200 - 7 * rate, 199);
        node.passAlive(Duration.ofSeconds(12), S2);
        assertThat(count()).isZero();
        assertThat(held()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RemovalCause.class, mode = EnumSource.Mode.EXCLUDE, names = "MOVING")
    void whatALiveSessionTakesAwayIsHeldByCause(RemovalCause cause) {
        List<Publisher> ofS1 = publishers(6, 4);
        List<RegistrationChange> changes = ofS1.stream()
                .map(each -> new RegistrationChange(SERVICE, new DatumChange.Remove(each.id(), each.owner(), cause)))
                .toList();
        assertThat(node.ask(new ApplyChanges(S1, changes)).results())
                .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(ChangeOutcome.APPLIED));
        assertThat(count()).isEqualTo(cause.mayBeHeld() ? 10 : 4);
        assertThat(held()).hasSize(cause.mayBeHeld() ? 1 : 0);
        node.pass(Duration.ofSeconds(2));
        assertThat(node.renew(S1).publishers())
                .as("what is held is no difference to a session that has given it up")
                .isEmpty();
        node.ask(new SyncPublishers(S1, SLOT, List.of()));
        assertThat(count()).isEqualTo(cause.mayBeHeld() ? 10 : 4);
    }

    @Test
    void aFewThatGoOneByOneGoAndTheRestIsHeldOnceTheyAreTooMany() {
        List<Publisher> ofS1 = publishers(7, 3);
        for (Publisher each : ofS1) {
            node.change(S1, new DatumChange.Remove(each.id(), each.owner(), RemovalCause.IDLE));
            node.passAlive(Duration.ofSeconds(1), S1, S2);
        }
        assertThat(count()).isEqualTo(5);
        assertThat(held().get(0).held()).isEqualTo(2);
    }

    @Test
    void heldEntriesMayBeUnregisteredByTheirClientWhereverItIs() {
        List<Publisher> ofS1 = publishers(6, 4);
        endOfS1();
        Publisher first = ofS1.get(0);
        assertThat(node.change(
                        S2, node.unregister(first, node.publisher(S2, 0, "a:0").owner())))
                .isEqualTo(ChangeOutcome.APPLIED);
        assertThat(ids()).doesNotContain("sofa:r0");
        assertThat(held().get(0).held()).isEqualTo(5);
    }

    @Test
    void whatASnapshotHeldWithoutConfirmationPassesThroughQuarantineOnceSettled() {
        publishers(6, 4);
        DataNodeOnBench young = node.restarted();
        young.see(young.table(), S2);
        young.renew(S2);
        young.passAlive(Duration.ofSeconds(20), S2);
        young.passAlive(Duration.ofMinutes(1), S2);
        assertThat(young.report().own().publishers()).isEqualTo(10);
        List<QuarantineReport> held = new ArrayList<>();
        young.role.quarantined().thenAccept(held::addAll);
        young.run();
        assertThat(held.get(0).causes()).isEqualTo(Map.of(RemovalCause.UNCONFIRMED, 6));
        young.passAlive(BOUND.plusSeconds(1), S2);
        assertThat(young.report().own().publishers()).isEqualTo(4);
    }

    private List<Publisher> publishers(int ofS1, int ofS2) {
        List<Publisher> all = new ArrayList<>();
        for (int i = 0; i < ofS1 + ofS2; i++) {
            Publisher made = node.register(i < ofS1 ? S1 : S2, i, "a:" + i + "?weight=100");
            if (i < ofS1) {
                all.add(made);
            }
        }
        return all;
    }

    private void endOfS1() {
        node.see(node.table(), S2);
        node.passAlive(LEASE_OVER, S2);
    }

    private List<QuarantineReport> held() {
        return answer(node.role::quarantined);
    }

    private <T> T answer(Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = question.get().toCompletableFuture();
        node.run();
        return answer.join();
    }

    private List<String> ids() {
        Datum datum = Objects.requireNonNull(node.fetch(S2).datum());
        return datum.publishers().stream().map(each -> each.id().value()).toList();
    }

    private int count() {
        return node.report().own().publishers();
    }

    private static SessionSlotDigest digest(List<Publisher> publishers) {
        long hash = 0;
        for (Publisher each : publishers) {
            hash += SessionDigests.ofPublisher(SERVICE, each);
        }
        return new SessionSlotDigest(SLOT, publishers.size(), hash, 0);
    }
}
