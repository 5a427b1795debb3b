package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** What happens between the datacenters of a federation: one to three kinds of faults a seed, one after another or at once. */
final class FarFaults {
    /** Who sees whose announcements as of another number of slots. */
    private record Misunderstanding(DatacenterId speaker, DatacenterId reader) {}

    /** How long a fault of one moment is felt. */
    private static final Duration FELT = Duration.ofSeconds(5);

    private final SimulatedWorld world;
    private final Random random;
    private final ManualEventLoop agenda;
    private final List<FarFault> kinds = new ArrayList<>();
    private final Set<DatacenterId> troubled = new HashSet<>();
    private final Set<Misunderstanding> misunderstandings = new HashSet<>();
    private final Set<FarFault> active = EnumSet.noneOf(FarFault.class);
    private Consumer<String> note = event -> {};
    private NodeFaults nodes = NodeFaults.NONE;
    private boolean isOver;

    /** What only those can do who know the machines and the clients. */
    interface NodeFaults {
        NodeFaults NONE = new NodeFaults() {};

        /** The machine dies and comes back. */
        default void crash(SimulatedNode node, Duration downtime) {}

        /** Every machine dies and comes back with nothing on its disks. */
        default void rebuild(DatacenterId datacenter, Duration downtime) {}

        /** Most services lose all their publishers, and have some again after a while. */
        default void empty(DatacenterId datacenter, Duration time) {}
    }

    FarFaults(SimulatedWorld world) {
        this.world = world;
        this.random = world.seed().random("far faults");
        this.agenda = new ManualEventLoop(world.time());
        if (world.climate() != Climate.FEDERATION) {
            return;
        }
        kinds.addAll(kinds(random, world.tampering()));
        List<DatacenterId> datacenters = List.copyOf(world.datacenters());
        if (kinds.contains(FarFault.LEADERS_CHANGE_IN_A_PULL)) {
            // Of three one stays well, so that it is seen to.
            troubled.addAll(datacenters.subList(0, 2));
        } else if (kinds.contains(FarFault.PEER_REBUILT)
                || kinds.contains(FarFault.DATA_NODES_RESTART)
                || random.nextInt(3) == 0) {
            troubled.add(pick(datacenters));
        }
        world.network().tap(new SimulatedNetwork.Tap() {
            @Override
            @SuppressWarnings("unchecked") // SlotRoots in place of others
            public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                return answer instanceof SlotRoots roots && isOtherSlotCount(datacenterOf(roots), to.datacenter())
                        ? (R) new SlotRoots(roots.node(), SlotId.COUNT / 2, List.of(), List.of())
                        : answer;
            }
        });
    }

    /** What goes wrong in a world, before there is one. */
    static List<FarFault> kinds(Random random, Tampering tampering) {
        List<FarFault> all = new ArrayList<>(List.of(FarFault.values()));
        Collections.shuffle(all, random);
        return tampering.kinds(all.subList(0, 1 + random.nextInt(3)));
    }

    /** Before the first node starts. */
    void begin() {
        if (kinds.contains(FarFault.BROKER_DOWN_AT_START)) {
            SimulatedBroker broker = world.straits().broker(pick(List.copyOf(world.datacenters())));
            broker.setDown(true);
            endIn(FarFault.BROKER_DOWN_AT_START, time(35, 60), () -> broker.setDown(false));
        }
    }

    void tell(Consumer<String> notes, NodeFaults machines) {
        note = notes;
        nodes = machines;
        note.accept("kinds " + kinds + ", troubled " + troubled);
    }

    /** Datacenters whose own nodes suffer, too. */
    boolean isTroubled(DatacenterId datacenter) {
        return troubled.contains(datacenter);
    }

    boolean isOtherSlotCount(DatacenterId speaker, DatacenterId reader) {
        return misunderstandings.contains(new Misunderstanding(speaker, reader));
    }

    /** One of this seed's kinds, unless it is under way already. */
    void strike() {
        FarFault fault = pick(kinds);
        if (fault == FarFault.BROKER_DOWN_AT_START || active.contains(fault)) {
            return;
        }
        List<DatacenterId> pair = new ArrayList<>(world.datacenters());
        Collections.shuffle(pair, random);
        if (fault == FarFault.LEADERS_CHANGE_IN_A_PULL) {
            pair.removeIf(each -> !troubled.contains(each));
        }
        note.accept(fault + " of " + pair.get(0) + ", other side " + pair.get(1));
        strike(fault, pair.get(0), pair.get(1));
    }

    /** Everything is mended. */
    void heal() {
        isOver = true;
        active.clear();
        misunderstandings.clear();
        world.straits().heal();
        for (SimulatedBroker broker : world.straits().brokers()) {
            for (FarFault fault : FarFault.values()) {
                broker.end(fault);
            }
            broker.usualSpeed();
            broker.setDown(false);
            if (broker.announcements().isMissing()) {
                broker.announcements().recreate();
            }
        }
    }

    private void strike(FarFault fault, DatacenterId one, DatacenterId other) {
        switch (fault) {
            case LINK_CUT, LINK_CUT_ONE_WAY, LINK_SLOW, LINK_FLAPPING -> strikeLink(fault, one, other);
            case PEER_REBUILT, PEER_EMPTIED, LEADERS_CHANGE_IN_A_PULL, DATA_NODES_RESTART ->
                strikeDatacenter(fault, one, other);
            default -> strikeTopic(fault, one, other);
        }
    }

    private void strikeTopic(FarFault fault, DatacenterId one, DatacenterId other) {
        SimulatedBroker broker = world.straits().broker(one);
        Duration time = time(3, 20);
        switch (fault) {
            case BROKER_DOWN -> {
                broker.setDown(true);
                endIn(fault, time, () -> broker.setDown(false));
            }
            case BROKER_SLOW -> {
                broker.slow(Duration.ofMillis(200 + random.nextInt(3000)));
                endIn(fault, time, broker::usualSpeed);
            }
            case TOPIC_RECREATED -> {
                broker.announcements().delete();
                endIn(fault, Duration.ofMillis(random.nextInt(6000)), broker.announcements()::recreate);
            }
            case TOPIC_TRUNCATED -> {
                world.straits().cut(one, other);
                endIn(fault, Duration.ofMillis(random.nextInt(3000)), () -> {
                    broker.announcements().truncate();
                    world.straits().open(one, other);
                });
            }
            case OTHER_SLOT_COUNT -> {
                Misunderstanding wrong = new Misunderstanding(one, other);
                misunderstandings.add(wrong);
                endIn(fault, time, () -> misunderstandings.remove(wrong));
            }
            default -> {
                broker.begin(fault);
                endIn(fault, time, () -> broker.end(fault));
            }
        }
    }

    private void strikeDatacenter(FarFault fault, DatacenterId one, DatacenterId other) {
        switch (fault) {
            case PEER_REBUILT -> {
                // Once is enough for a minute, and leaves time to see what becomes of it.
                active.add(fault);
                world.coverage().active(fault, now() + Duration.ofSeconds(40).toNanos());
                nodes.rebuild(troubled.iterator().next(), time(1, 10));
            }
            case PEER_EMPTIED -> {
                Duration time = time(3, 20);
                nodes.empty(one, time);
                endIn(fault, time, () -> {});
            }
            case DATA_NODES_RESTART -> {
                List<SimulatedNode> all = dataNodes(troubled.iterator().next());
                for (int i = 0; i < all.size(); i++) {
                    SimulatedNode node = all.get(i);
                    agenda.schedule(Duration.ofSeconds(4L * i), () -> nodes.crash(node, Duration.ofSeconds(1)));
                }
                endIn(fault, Duration.ofSeconds(4L * all.size()), () -> {});
            }
            default -> {
                world.straits().broker(one).announcements().delete();
                world.straits().broker(one).announcements().recreate();
                for (DatacenterId each : List.of(one, other)) {
                    agenda.schedule(Duration.ofMillis(random.nextInt(60)), () -> restartOne(each, time(1, 8)));
                }
                endIn(fault, time(8, 12), () -> {});
            }
        }
    }

    private void strikeLink(FarFault fault, DatacenterId one, DatacenterId other) {
        Straits straits = world.straits();
        Duration time = time(3, 20);
        switch (fault) {
            case LINK_CUT -> {
                straits.cut(one, other);
                straits.cut(other, one);
                endIn(fault, time, () -> {
                    straits.open(one, other);
                    straits.open(other, one);
                });
            }
            case LINK_CUT_ONE_WAY -> {
                straits.cut(one, other);
                endIn(fault, time, () -> straits.open(one, other));
            }
            case LINK_SLOW -> {
                straits.slow(one, other, Duration.ofMillis(50 + random.nextInt(1200)));
                endIn(fault, time, () -> straits.slow(one, other, Duration.ZERO));
            }
            default -> {
                flap(one, other, now() + time.toNanos());
                endIn(fault, time, () -> {});
            }
        }
    }

    private void flap(DatacenterId one, DatacenterId other, long untilNanos) {
        if (isOver || now() >= untilNanos) {
            return;
        }
        world.straits().cut(one, other);
        world.straits().cut(other, one);
        agenda.schedule(Duration.ofMillis(100 + random.nextInt(2000)), () -> {
            world.straits().open(one, other);
            world.straits().open(other, one);
            agenda.schedule(Duration.ofMillis(100 + random.nextInt(2000)), () -> flap(one, other, untilNanos));
        });
    }

    private void restartOne(DatacenterId datacenter, Duration downtime) {
        List<SimulatedNode> up =
                dataNodes(datacenter).stream().filter(SimulatedNode::isUp).toList();
        if (!isOver && !up.isEmpty()) {
            nodes.crash(pick(up), downtime);
        }
    }

    private List<SimulatedNode> dataNodes(DatacenterId datacenter) {
        return world.nodes(datacenter).stream()
                .filter(each -> each.has(NodeRole.DATA))
                .toList();
    }

    private void endIn(FarFault fault, Duration time, Runnable end) {
        active.add(fault);
        world.straits().brokers().forEach(each -> each.hinder(time));
        world.coverage().active(fault, now() + time.plus(FELT).toNanos());
        agenda.schedule(time, () -> {
            if (!isOver) {
                note.accept(fault + " is over");
                active.remove(fault);
                end.run();
            }
        });
    }

    private DatacenterId datacenterOf(SlotRoots roots) {
        return world.allNodes().stream()
                .filter(each -> each.name().equals(roots.node().value()))
                .map(SimulatedNode::datacenter)
                .findFirst()
                .orElseThrow();
    }

    private Duration time(int least, int most) {
        return Duration.ofMillis(least * 1000L + random.nextInt((most - least) * 1000));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private long now() {
        return world.time().nanos();
    }
}
