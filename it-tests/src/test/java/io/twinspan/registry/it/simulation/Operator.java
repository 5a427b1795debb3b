package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Provides values at one datacenter's metas, and remembers which of them were acknowledged and what the metas have of them. */
final class Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int VALUES = 3;

    private final SimulatedWorld world;
    private final DatacenterId datacenter;
    private final Random random;
    private final PeerClient metas;
    private final Map<DataInfoId, Long> acknowledged = new HashMap<>();
    private final Map<Endpoint, Map<DataInfoId, Long>> stored = new HashMap<>();
    private long version;

    Operator(SimulatedWorld world, DatacenterId datacenter) {
        this.world = world;
        this.datacenter = datacenter;
        String name = datacenter + "-operator";
        this.random = world.seed().random(name);
        SimulatedProcess process = new SimulatedProcess(name, world.time(), Duration.ZERO);
        this.metas = world.network().as(process, new Caller(datacenter, new NodeId(name), NodeRole.SESSION));
    }

    DatacenterId datacenter() {
        return datacenter;
    }

    /** The highest version of each value that the group has acknowledged. */
    Map<DataInfoId, Long> acknowledged() {
        return acknowledged;
    }

    /** What each meta that answered {@link #ask} has, by its highest version. */
    Map<Endpoint, Map<DataInfoId, Long>> stored() {
        return stored;
    }

    /** Provides a value, trying one meta after the other; after a success perhaps at once another one. */
    void put() {
        DataInfoId id = DataInfoId.of("value-" + random.nextInt(VALUES));
        long number = ++version;
        String body = String.format(
                "{\"dataId\":\"%s\",\"instanceId\":\"%s\",\"group\":\"%s\",\"version\":%d,\"data\":\"%d\"}",
                id.dataId(), id.instanceId(), id.group(), number, number);
        List<Endpoint> all = world.metas(datacenter, NodePort.META_FOR_META);
        put(id, number, new OperatorCall("/persistentData/put", "", body), all, random.nextInt(all.size()), all.size());
    }

    private void put(DataInfoId id, long number, OperatorCall call, List<Endpoint> all, int first, int left) {
        if (left > 0) {
            metas.call(all.get(first % all.size()), call, PATIENCE).whenComplete((answer, failure) -> {
                if (failure == null && answer.status() == 200) {
                    acknowledged.merge(id, number, Math::max);
                    if (random.nextBoolean()) {
                        put();
                    }
                } else {
                    put(id, number, call, all, first + 1, left - 1);
                }
            });
        }
    }

    /** What was provided died with the group, all its disks included. */
    void forget() {
        acknowledged.clear();
        stored.clear();
    }

    /** Asks every meta what it has. */
    void ask() {
        for (Endpoint meta : world.metas(datacenter, NodePort.META_FOR_META)) {
            metas.call(meta, new FetchProvided(0), PATIENCE).thenAccept(answer -> {
                Map<DataInfoId, Long> versions = new HashMap<>();
                for (ProvidedValue value : answer.values()) {
                    versions.put(value.id(), value.version());
                }
                stored.put(meta, versions);
            });
        }
    }
}
