package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.sync.FaultyTopics.Fate;
import io.twinspan.registry.sync.Verification.Place;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can go wrong between two datacenters, each with the outcome and the time within which it is reached. */
class TwoSidesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappenedBothSidesAgreeFortySecondsAfterTheLastFault(long seed) {
        TwoSides world = new TwoSides(seed);
        Random random = new Random(seed + 1_000);
        world.topics.setFaulty(true);
        for (int step = 0; step < 150; step++) {
            act(world, random);
            world.pass(Duration.ofMillis(random.nextInt(400)));
        }
        world.topics.setFaulty(false);
        world.topics.setOneWay(false);
        world.topics.setDown(false);
        world.setCut(false);
        world.pass(Duration.ofSeconds(40));
        agree(world);
    }

    private static void act(TwoSides world, Random random) {
        TwoSides.Side side = world.side(random.nextBoolean() ? TwoSides.EAST : TwoSides.WEST);
        switch (random.nextInt(24)) {
            case 0 -> side.moveLeader(random.nextInt(256));
            case 1 -> {
                for (int slot = 0; slot < 256; slot += 2) {
                    side.moveLeader(slot);
                }
            }
            case 2 -> side.restart(random.nextInt(2));
            case 3 -> world.topics.setDown(random.nextBoolean());
            case 4 -> world.setCut(random.nextBoolean());
            case 5 -> world.topics.truncate();
            case 6 -> world.topics.spoilNext(random.nextInt(5), Fate.NEWER);
            case 7 -> world.topics.setOneWay(random.nextBoolean());
            default -> {
                for (int change = random.nextInt(30); change >= 0; change--) {
                    side.change(service(random.nextInt(300)), random.nextInt(3));
                }
            }
        }
    }

    @Test
    void aNewSideKnowsEverythingWithinFiveSecondsAndSaysSo() {
        TwoSides world = new TwoSides(1);
        publish(world, TwoSides.EAST, 10_000);
        world.pass(Duration.ofSeconds(5));
        world.side(TwoSides.WEST).restart(0);
        world.pass(Duration.ofSeconds(5));
        agree(world);
    }

    @Test
    void withoutKafkaTheWayIsDirectWithinHalfAMinuteAndKafkaAgainTenSecondsAfterItIsBack() {
        TwoSides world = new TwoSides(2);
        world.pass(SECOND);
        world.topics.setDown(true);
        publish(world, TwoSides.EAST, 100);
        world.pass(Duration.ofSeconds(30));
        assertThat(world.side(TwoSides.WEST).status(0).path()).isEqualTo(SyncPath.DIRECT);
        agree(world);

        world.topics.setDown(false);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.side(TwoSides.WEST).status(0).path()).isEqualTo(SyncPath.KAFKA);
        agree(world);
    }

    @Test
    void aBrokerThatIsAwayFromTheStartIsNotNeeded() {
        TwoSides world = new TwoSides(3);
        world.topics.setDown(true);
        world.pass(Duration.ofSeconds(10));
        publish(world, TwoSides.EAST, 100);
        world.pass(Duration.ofSeconds(20));
        assertThat(world.side(TwoSides.WEST).status(1).path()).isEqualTo(SyncPath.DIRECT);
        agree(world);
    }

    @Test
    void questionsThatDoNotPassGoDirectlyWithinTwentySeconds() {
        TwoSides world = new TwoSides(4);
        publish(world, TwoSides.EAST, 100);
        world.pass(Duration.ofSeconds(5));
        world.topics.setOneWay(true);
        world.side(TwoSides.WEST).restart(0);
        world.pass(Duration.ofSeconds(20));
        agree(world);
    }

    @Test
    void aPeerCutOffOnBothWaysIsUnreachableAndAgreesTenSecondsAfterTheCutWithTenThousandChangesEach() {
        TwoSides world = new TwoSides(5);
        publish(world, TwoSides.EAST, 2_000);
        publish(world, TwoSides.WEST, 2_000);
        world.pass(Duration.ofSeconds(10));
        world.topics.setDown(true);
        world.setCut(true);
        Random random = new Random(5);
        for (int second = 0; second < 60; second++) {
            for (int change = 0; change < 167; change++) {
                world.side(TwoSides.EAST).change(service(random.nextInt(2_000)), 1 + random.nextInt(3));
                world.side(TwoSides.WEST).change(service(random.nextInt(2_000)), 1 + random.nextInt(3));
            }
            world.pass(SECOND);
        }
        PeerStatus status = world.side(TwoSides.WEST).status(0);
        assertThat(status.state()).isEqualTo(PeerState.UNREACHABLE);
        assertThat(status.lagSeconds()).isGreaterThan(30);
        world.topics.setDown(false);
        world.setCut(false);
        world.pass(Duration.ofSeconds(10));
        agree(world);
    }

    @Test
    void aTruncatedTopicCostsAPullWithinTenSeconds() {
        TwoSides world = new TwoSides(6);
        publish(world, TwoSides.EAST, 500);
        world.pass(Duration.ofSeconds(5));
        publish(world, TwoSides.EAST, 500);
        world.topics.truncate();
        world.pass(Duration.ofSeconds(10));
        agree(world);
    }

    @Test
    void recordsOfALaterFormatAreSkippedAndTheStateIsIncompatibleUntilTheyEnd() {
        TwoSides world = new TwoSides(7);
        publish(world, TwoSides.EAST, 100);
        world.pass(Duration.ofSeconds(5));
        world.topics.spoilNext(Integer.MAX_VALUE, Fate.NEWER);
        world.setCut(true);
        world.side(TwoSides.WEST).restart(0);
        publish(world, TwoSides.EAST, 100);
        world.pass(Duration.ofSeconds(20));
        assertThat(world.side(TwoSides.WEST).status(0).state()).isEqualTo(PeerState.INCOMPATIBLE);
        assertThat(world.side(TwoSides.WEST).status(0).counts().newer()).isPositive();
        world.topics.spoilNext(0, Fate.READ);
        world.pass(Duration.ofSeconds(60));
        agree(world);
    }

    @Test
    void aPeerRebuiltOnEmptyDisksTakesNothingAwayUntilItHasSettledAndThenTooManyAreHeld() {
        TwoSides world = new TwoSides(8);
        publish(world, TwoSides.EAST, 200);
        world.pass(Duration.ofSeconds(5));
        world.side(TwoSides.EAST).rebuild();
        world.pass(Duration.ofSeconds(20));
        assertThat(world.side(TwoSides.WEST).known(0)).hasSize(200);
        world.side(TwoSides.EAST).settle();
        world.pass(Duration.ofSeconds(5));
        PeerStatus status = world.side(TwoSides.WEST).status(0);
        assertThat(status.facts().held()).isGreaterThan(100);
        assertThat(status.state()).isEqualTo(PeerState.LAGGING);
        for (CrossDatacenterSync sync : world.side(TwoSides.WEST).syncs) {
            sync.release(TwoSides.EAST);
        }
        world.pass(SECOND);
        agree(world);
    }

    @Test
    void servicesWhoseLeaderSaidThatTheyAreEmptyBeforeItAnnouncedSoAreNotHeldBack() {
        TwoSides world = new TwoSides(13);
        publish(world, TwoSides.EAST, 200);
        world.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 200; i++) {
            world.side(TwoSides.EAST).change(service(i), 0);
            DatumVersion version = Objects.requireNonNull(
                            world.side(TwoSides.EAST).truth.get(service(i)))
                    .version();
            Datum answer = Datum.empty(TwoSides.EAST, service(i)).withVersion(version);
            world.side(TwoSides.WEST).held.forEach(held -> held.install(answer));
        }
        world.pass(Duration.ofSeconds(5));
        PeerStatus status = world.side(TwoSides.WEST).status(0);
        assertThat(status.facts().held()).isZero();
        assertThat(status.state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void whatIsHeldBackIsToldByTheNodeThatLeadsTheSlot() {
        TwoSides world = new TwoSides(14);
        publish(world, TwoSides.EAST, 200);
        world.pass(Duration.ofSeconds(5));
        Objects.requireNonNull(world.side(TwoSides.WEST).held.get(1)).isLed = false;
        for (int i = 0; i < 200; i++) {
            world.side(TwoSides.EAST).change(service(i), 0);
        }
        world.pass(Duration.ofSeconds(5));
        assertThat(world.side(TwoSides.WEST).status(0).facts().held()).isPositive();
        assertThat(world.side(TwoSides.WEST).status(1).facts().held()).isZero();
    }

    @Test
    void leadersThatChangeDuringAPullCostAnotherOne() {
        TwoSides world = new TwoSides(9);
        publish(world, TwoSides.EAST, 2_000);
        world.side(TwoSides.WEST).restart(0);
        for (int round = 0; round < 3; round++) {
            for (int slot = 0; slot < 256; slot++) {
                world.side(TwoSides.EAST).moveLeader(slot);
            }
            publish(world, TwoSides.EAST, 100);
            world.pass(Duration.ofMillis(7));
        }
        world.pass(Duration.ofSeconds(15));
        agree(world);
    }

    @Test
    void aDatumFlippedInMemoryIsNamedExactlyByADeepLook() {
        TwoSides world = new TwoSides(10);
        publish(world, TwoSides.EAST, 500);
        world.pass(Duration.ofSeconds(10));
        world.side(TwoSides.EAST).flip(service(7));
        assertThat(verify(world, false).isAgreed()).isTrue();
        Verification deep = verify(world, true);
        assertThat(deep.isAgreed()).isFalse();
        assertThat(deep.differences()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(service(7));
            assertThat(each.place()).isEqualTo(Place.THERE);
            assertThat(each.known()).isPresent();
            assertThat(each.found()).isPresent();
        });
    }

    @Test
    void aPeersDatumFlippedInMemoryHereIsNamedExactlyByADeepLook() {
        TwoSides world = new TwoSides(12);
        publish(world, TwoSides.EAST, 500);
        world.pass(Duration.ofSeconds(10));
        DatumVersion version = Objects.requireNonNull(
                        world.side(TwoSides.EAST).truth.get(service(8)))
                .version();
        HeldDatums held = Objects.requireNonNull(world.side(TwoSides.WEST).held.get(0));
        held.install(Datum.empty(TwoSides.EAST, service(8)).withVersion(version));
        Verification deep = verify(world, true);
        assertThat(deep.isAgreed()).isFalse();
        assertThat(deep.differences()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(service(8));
            assertThat(each.place()).isEqualTo(Place.HELD);
            assertThat(each.known().map(DigestEntry::version)).contains(version);
            assertThat(each.found().map(DigestEntry::version)).contains(version);
        });
    }

    @Test
    void comparingAsksWhoeverLeadsNow() {
        TwoSides world = new TwoSides(12);
        publish(world, TwoSides.EAST, 500);
        world.pass(Duration.ofSeconds(10));
        assertThat(verify(world, false).isAgreed()).isTrue();
        for (int slot = 0; slot < 256; slot++) {
            world.side(TwoSides.EAST).moveLeader(slot);
        }
        world.pass(Duration.ofSeconds(15));
        assertThat(verify(world, false).isAgreed()).isTrue();
    }

    @Test
    void comparingAHundredTimesWhileAThousandChangesASecondArriveRaisesNoAlarm() {
        TwoSides world = new TwoSides(11);
        publish(world, TwoSides.EAST, 1_000);
        world.pass(Duration.ofSeconds(10));
        Random random = new Random(11);
        for (int run = 0; run < 100; run++) {
            var found =
                    world.side(TwoSides.WEST).syncs.get(0).verify(run % 2 == 0).toCompletableFuture();
            for (int slice = 0; slice < 600 && !found.isDone(); slice++) {
                for (int change = 0; change < 10; change++) {
                    world.side(TwoSides.EAST).change(service(random.nextInt(1_000)), 1 + random.nextInt(3));
                }
                world.pass(Duration.ofMillis(10));
            }
            assertThat(found).isDone();
            assertThat(found.join().get(0).isAgreed()).isTrue();
        }
    }

    private static void publish(TwoSides world, DatacenterId side, int services) {
        for (int i = 0; i < services; i++) {
            world.side(side).change(service(i), 1 + i % 3);
        }
    }

    private static Verification verify(TwoSides world, boolean isDeep) {
        var found = world.side(TwoSides.WEST).syncs.get(0).verify(isDeep).toCompletableFuture();
        world.pass(PeerVerifier.LONGEST);
        assertThat(found).isDone();
        return found.join().get(0);
    }

    private static void agree(TwoSides world) {
        for (TwoSides.Side side : world.sides.values()) {
            TwoSides.Side there = world.side(TwoSides.other(side.name));
            for (int node = 0; node < 2; node++) {
                assertThat(side.known(node)).containsExactlyInAnyOrderElementsOf(there.listed());
                for (CrossDatacenterSync sync : List.of(side.syncs.get(node))) {
                    sync.release(there.name);
                }
                world.pass(Duration.ZERO);
                PeerStatus status = side.status(node);
                assertThat(status.state()).as("%s", status).isEqualTo(PeerState.SYNCED);
                assertThat(status.facts().slotsInOrder()).isEqualTo(256);
            }
        }
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("com.example.Service" + number);
    }
}
