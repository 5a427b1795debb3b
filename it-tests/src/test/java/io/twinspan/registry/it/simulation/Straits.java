package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The ways between datacenters: for their nodes' own messages, and to the brokers on the other side. */
final class Straits {
    private record Way(DatacenterId from, DatacenterId to) {}

    private final SimulatedWorld world;
    private final SimulatedNetwork network;
    private final Map<DatacenterId, SimulatedBroker> brokers = new LinkedHashMap<>();
    private final Set<Way> cut = new HashSet<>();
    private final Map<Way, Duration> slowed = new HashMap<>();

    Straits(SimulatedWorld world) {
        this.world = world;
        this.network = world.network();
        for (DatacenterId each : world.datacenters()) {
            brokers.put(
                    each, new SimulatedBroker(each, world.time(), world.seed().random("broker of " + each)));
        }
    }

    SimulatedBroker broker(DatacenterId datacenter) {
        SimulatedBroker broker = brokers.get(datacenter);
        if (broker == null) {
            throw new IllegalArgumentException("there is no datacenter " + datacenter);
        }
        return broker;
    }

    List<SimulatedBroker> brokers() {
        return new ArrayList<>(brokers.values());
    }

    /** Every broker is away, or there. */
    void setTopicsAway(boolean isAway) {
        brokers.values().forEach(each -> each.setDown(isAway));
    }

    /** Nothing gets from one datacenter to the other; the way back is another one. */
    void cut(DatacenterId from, DatacenterId to) {
        cut.add(new Way(from, to));
        forNodes(from, to, network::cut);
        wayChanged(from, to);
    }

    void open(DatacenterId from, DatacenterId to) {
        cut.remove(new Way(from, to));
        forNodes(from, to, network::open);
        wayChanged(from, to);
    }

    /** Everything between the two takes so much longer each way; zero for no longer than usual. */
    void slow(DatacenterId one, DatacenterId other, Duration more) {
        for (Way way : List.of(new Way(one, other), new Way(other, one))) {
            slowed.put(way, more);
            forNodes(way.from, way.to, (from, to) -> network.slow(from, to, more));
        }
    }

    /** Whether somebody in one datacenter can talk to the other's broker: a connection needs both ways. */
    boolean reaches(DatacenterId from, DatacenterId to) {
        return !broker(to).isDown() && !cut.contains(new Way(from, to)) && !cut.contains(new Way(to, from));
    }

    /** How long a record takes between somebody in one datacenter and the other's broker. */
    Duration delay(DatacenterId from, DatacenterId to) {
        return broker(to).delay().plus(slowed.getOrDefault(new Way(from, to), Duration.ZERO));
    }

    /** Every way is open and fast; the brokers are as they are. */
    void heal() {
        for (Way way : List.copyOf(cut)) {
            open(way.from, way.to);
        }
        for (Way way : List.copyOf(slowed.keySet())) {
            slow(way.from, way.to, Duration.ZERO);
        }
    }

    /** What was cut stays cut when the rest of the network is healed. */
    void enforce() {
        cut.forEach(way -> forNodes(way.from, way.to, network::cut));
    }

    private void wayChanged(DatacenterId one, DatacenterId other) {
        broker(one).wayChanged();
        broker(other).wayChanged();
    }

    private void forNodes(DatacenterId from, DatacenterId to, BiConsumer<String, String> each) {
        for (SimulatedNode one : world.nodes(from)) {
            world.nodes(to).forEach(other -> each.accept(one.name(), other.name()));
        }
    }
}
