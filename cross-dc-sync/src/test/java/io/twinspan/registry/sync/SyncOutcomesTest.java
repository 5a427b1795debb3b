package io.twinspan.registry.sync;

import static io.twinspan.registry.sync.OutcomeRun.AHEAD;
import static io.twinspan.registry.sync.OutcomeRun.SERVICES;
import static io.twinspan.registry.sync.OutcomeRun.change;
import static io.twinspan.registry.sync.OutcomeRun.service;
import static io.twinspan.registry.sync.PeerState.INCOMPATIBLE;
import static io.twinspan.registry.sync.PeerState.LAGGING;
import static io.twinspan.registry.sync.PeerState.OFF;
import static io.twinspan.registry.sync.PeerState.STALE;
import static io.twinspan.registry.sync.PeerState.SYNCED;
import static io.twinspan.registry.sync.PeerState.UNREACHABLE;
import static io.twinspan.registry.sync.SyncOutcome.Held.AS_BEFORE;
import static io.twinspan.registry.sync.SyncOutcome.Held.RIGHT;
import static io.twinspan.registry.sync.SyncOutcome.Held.RIGHT_OR_BEFORE;
import static io.twinspan.registry.sync.SyncOutcome.lasting;
import static io.twinspan.registry.sync.SyncOutcome.once;
import static io.twinspan.registry.sync.SyncOutcome.within;
import static io.twinspan.registry.sync.SyncPath.DIRECT;
import static io.twinspan.registry.sync.SyncPath.KAFKA;
import static io.twinspan.registry.sync.SyncPath.NONE;
import static io.twinspan.registry.sync.TwoSides.EAST;
import static io.twinspan.registry.sync.TwoSides.WEST;

import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.FaultyTopics.Fate;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can go wrong between two datacenters, each with its outcome: what the west sees of the east and holds of it while it lasts,
 * and when it is over. Both sides change all the time, and whatever happens nobody ever holds what was never true, goes back to
 * what was, or loses what is there. In the end the proof says that both sides agree.
 */
class SyncOutcomesTest {
    static Stream<SyncOutcome> outcomes() {
        return Stream.of(brokerAndTopics(), records(), thePeer(), theLink()).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyMisfortuneHasItsOutcome(SyncOutcome outcome) {
        new OutcomeRun(outcome).run();
    }

    private static Stream<SyncOutcome> brokerAndTopics() {
        return Stream.of(
                lasting(
                                "broker down at start",
                                nothing -> {},
                                within(20, SYNCED, DIRECT, RIGHT),
                                world -> world.topics.setDown(false),
                                within(10, SYNCED, KAFKA, RIGHT))
                        .fromTheStart(),
                lasting(
                        "broker down later",
                        world -> world.topics.setDown(true),
                        within(20, SYNCED, DIRECT, RIGHT),
                        world -> world.topics.setDown(false),
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "broker slow: 4 s from written to read",
                        world -> world.topics.setDelay(Duration.ofSeconds(4)),
                        within(10, SYNCED, KAFKA, RIGHT),
                        world -> world.topics.setUsualDelay(),
                        within(10, SYNCED, KAFKA, RIGHT)),
                once(
                        "topics deleted and made anew",
                        world -> {
                            change(world, 100);
                            world.topics.remake();
                        },
                        within(5, SYNCED, KAFKA, RIGHT)),
                once(
                        "topics truncated",
                        world -> {
                            change(world, 100);
                            world.topics.truncate();
                        },
                        within(5, SYNCED, KAFKA, RIGHT)));
    }

    private static Stream<SyncOutcome> records() {
        return Stream.of(
                records("repeated", within(1, SYNCED, KAFKA, RIGHT), Fate.REPEATED),
                records("out of order", within(2, SYNCED, KAFKA, RIGHT), Fate.READ, Fate.LATE),
                records("lost, half of them", within(30, Set.of(SYNCED, LAGGING), RIGHT), Fate.READ, Fate.LOST),
                records("poisoned, every second", within(30, Set.of(SYNCED, LAGGING), RIGHT), Fate.READ, Fate.POISONED),
                once(
                        "one poisoned record",
                        world -> {
                            world.topics.spoilNext(1, Fate.POISONED);
                            change(world, 1);
                        },
                        within(2, SYNCED, KAFKA, RIGHT)),
                records("of a later format", within(20, SYNCED, DIRECT, RIGHT), Fate.NEWER),
                lasting(
                        "records of a later format, and no node can be asked",
                        world -> {
                            world.topics.setFates(Fate.NEWER);
                            world.setCut(true);
                        },
                        within(15, INCOMPATIBLE, AS_BEFORE),
                        world -> {
                            world.topics.setFates(Fate.READ);
                            world.setCut(false);
                        },
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "records lost, and nobody can be asked",
                        world -> {
                            world.topics.spoilNext(20, Fate.LOST);
                            world.topics.setOneWay(true);
                            world.setCut(true);
                        },
                        within(35, STALE, KAFKA, AS_BEFORE),
                        world -> {
                            world.topics.setOneWay(false);
                            world.setCut(false);
                        },
                        within(60, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "a version five minutes ahead",
                        world -> world.side(EAST).changeAhead(AHEAD, Duration.ofMinutes(5)),
                        within(1, LAGGING, KAFKA, RIGHT),
                        world -> world.pass(Duration.ofMinutes(5)),
                        within(2, SYNCED, KAFKA, RIGHT)));
    }

    private static SyncOutcome records(String what, SyncOutcome.Seen seen, Fate... fates) {
        return lasting(
                "records " + what,
                world -> world.topics.setFates(fates),
                seen,
                world -> world.topics.setFates(Fate.READ),
                within(10, SYNCED, KAFKA, RIGHT));
    }

    private static Stream<SyncOutcome> thePeer() {
        return Stream.of(
                lasting(
                        "another number of slots on the other side",
                        world -> restartWithSlots(world, 128),
                        within(5, INCOMPATIBLE, AS_BEFORE),
                        world -> restartWithSlots(world, SlotId.COUNT),
                        within(5, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "a peer rebuilt on empty disks that has not settled",
                        world -> world.side(EAST).rebuild(),
                        within(35, STALE, KAFKA, AS_BEFORE),
                        world -> {
                            OutcomeRun.publish(world, EAST);
                            world.side(EAST).settle();
                        },
                        within(5, SYNCED, KAFKA, RIGHT)),
                once(
                        "a peer rebuilt on empty disks whose applications do not come back",
                        world -> {
                            world.side(EAST).rebuild();
                            world.side(EAST).settle();
                        },
                        within(5, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "60 % of a peer's services empty, and nobody can be asked whether that is so",
                        world -> {
                            world.setCut(true);
                            empty(world, 60);
                        },
                        within(5, LAGGING, KAFKA, RIGHT_OR_BEFORE),
                        SyncOutcomesTest::release,
                        within(10, SYNCED, KAFKA, RIGHT)),
                once(
                        "60 % of a peer's services empty, and its leaders say that it is so",
                        world -> empty(world, 60), within(5, SYNCED, KAFKA, RIGHT)),
                once(
                        "leaders of both sides change during a pull",
                        world -> {
                            world.side(WEST).restart(0);
                            for (int round = 0; round < 3; round++) {
                                moveLeaders(world);
                                change(world, 20);
                                world.pass(Duration.ofMillis(7));
                            }
                        },
                        within(15, SYNCED, KAFKA, RIGHT)),
                once(
                        "data nodes of both sides restart",
                        world -> {
                            for (int node = 0; node < TwoSides.NODES; node++) {
                                world.side(EAST).restart(node);
                                change(world, 20);
                                world.pass(Duration.ofMillis(50));
                                world.side(WEST).restart(node);
                            }
                        },
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "fetching of the peer switched off",
                        world -> setOff(world, true),
                        within(1, OFF, KAFKA, AS_BEFORE),
                        world -> setOff(world, false),
                        within(1, SYNCED, KAFKA, RIGHT)));
    }

    private static Stream<SyncOutcome> theLink() {
        Consumer<TwoSides> heal = world -> {
            world.topics.setDown(false);
            world.topics.setDeaf(null);
            world.setCut(false);
        };
        return Stream.of(
                lasting(
                        "link cut",
                        world -> {
                            world.topics.setDown(true);
                            world.setCut(true);
                        },
                        within(15, UNREACHABLE, NONE, AS_BEFORE),
                        heal,
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "link cut one way: nothing comes",
                        world -> world.topics.setDeaf(WEST),
                        within(15, UNREACHABLE, NONE, AS_BEFORE),
                        heal,
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "link cut one way: nothing goes",
                        world -> world.topics.setDeaf(EAST),
                        within(35, STALE, KAFKA, AS_BEFORE),
                        heal,
                        within(10, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "link slow: half a second each way",
                        world -> {
                            world.topics.setDelay(Duration.ofMillis(500));
                            world.setAnswersAfter(Duration.ofSeconds(1));
                        },
                        within(5, SYNCED, KAFKA, RIGHT),
                        world -> {
                            world.topics.setUsualDelay();
                            world.setAnswersAsUsual();
                        },
                        within(5, SYNCED, KAFKA, RIGHT)),
                lasting(
                        "link flapping: 4 s away, 2 s there",
                        world -> world.flap(Duration.ofSeconds(4), Duration.ofSeconds(2)),
                        within(1, RIGHT_OR_BEFORE),
                        TwoSides::endFlapping,
                        within(10, SYNCED, KAFKA, RIGHT)));
    }

    private static void restartWithSlots(TwoSides world, int count) {
        world.topics.setSlotCount(EAST, count);
        for (int node = 0; node < TwoSides.NODES; node++) {
            world.side(EAST).restart(node);
        }
        world.pass(Duration.ofMillis(100));
    }

    private static void empty(TwoSides world, int percent) {
        for (int i = 0; i < SERVICES * percent / 100; i++) {
            world.side(EAST).change(service(i), 0);
        }
    }

    private static void moveLeaders(TwoSides world) {
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            world.side(EAST).moveLeader(slot);
            world.side(WEST).moveLeader(slot);
        }
    }

    private static void release(TwoSides world) {
        for (CrossDatacenterSync sync : world.side(WEST).syncs) {
            sync.release(EAST);
        }
        world.pass(Duration.ZERO);
        world.setCut(false);
    }

    private static void setOff(TwoSides world, boolean isOff) {
        world.side(WEST).held.forEach(held -> held.isOff = isOff);
        world.side(WEST).syncs.forEach(CrossDatacenterSync::replan);
    }
}
