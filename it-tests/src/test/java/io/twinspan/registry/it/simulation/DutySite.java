package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.meta.MetaNeighbours;
import io.twinspan.registry.node.meta.MetaPorts;
import io.twinspan.registry.node.meta.MetaRole;
import io.twinspan.registry.node.meta.MetaSettings;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One datacenter of a {@link DutyWorld}. */
final class DutySite {
    static final int METAS = 3;

    private final DutyWorld world;
    private final DatacenterId own;
    private final List<DatacenterId> all;
    private final Map<String, SimulatedProcess> metas = new TreeMap<>();
    private final Map<String, MetaDisk> disks = new HashMap<>();
    private final DutyNode node;
    private RaftGroup group;

    DutySite(DutyWorld world, DatacenterId own, List<DatacenterId> all) {
        this.world = world;
        this.own = own;
        this.all = all;
        this.node = new DutyNode(world, this);
        this.group = group();
    }

    DatacenterId own() {
        return own;
    }

    DutyNode node() {
        return node;
    }

    List<Endpoint> metas(NodePort port) {
        return metas(own, port);
    }

    List<String> processes() {
        List<String> names = new ArrayList<>(metas.keySet());
        names.add(node.name());
        return names;
    }

    void start() {
        IntStream.range(0, METAS).forEach(i -> startMeta(name(own, i)));
        node.start();
    }

    /** One of the metas starts again from its disk. */
    void restartMeta(int which) {
        String name = name(own, which);
        Objects.requireNonNull(metas.get(name)).kill();
        startMeta(name);
    }

    /** The metas are lost with their disks, and new ones come; the node remembers. */
    void rebuildMetas() {
        world.check.onRebuilt(own);
        metas.values().forEach(SimulatedProcess::kill);
        disks.clear();
        group = group();
        metas.keySet().stream().toList().forEach(this::startMeta);
    }

    Member member() {
        Map<NodePort, Endpoint> endpoints = new HashMap<>();
        for (NodePort port : NodePort.values()) {
            if (port.role() == NodeRole.SESSION) {
                endpoints.put(port, new Endpoint(node.name(), port.defaultNumber()));
            }
        }
        return new Member(new NodeId(node.name()), own, NodeRole.SESSION, endpoints, node.life());
    }

    private void startMeta(String name) {
        SimulatedProcess young = new SimulatedProcess(name, world.time, Duration.ZERO);
        metas.put(name, young);
        MetaDisk disk = disks.computeIfAbsent(name, each -> new MetaDisk());
        Endpoint raft = new Endpoint(name, NodePort.META_RAFT.defaultNumber());
        Endpoint self = new Endpoint(name, NodePort.META_FOR_META.defaultNumber());
        Map<DatacenterId, List<Endpoint>> peers = new HashMap<>();
        all.stream()
                .filter(each -> !each.equals(own))
                .forEach(each -> peers.put(each, metas(each, NodePort.META_FOR_META)));
        MetaRole role = new MetaRole(
                own,
                new MetaPorts(
                        new SimulatedLog(group, raft, disk, world.network, young, world.random),
                        young.clock(),
                        world.random,
                        new MetaNeighbours(
                                world.network.as(young, new Caller(own, new NodeId(name), NodeRole.META)),
                                metas(NodePort.META_FOR_META).stream()
                                        .filter(each -> !each.equals(self))
                                        .toList(),
                                MetaNeighbours.sameDistance(raft, self),
                                peers),
                        young.loop()),
                MetaSettings.standard());
        world.network.serve(young, self, role.dispatcher());
        world.network.serve(young, new Endpoint(name, NodePort.META_FOR_SESSION.defaultNumber()), role.dispatcher());
        role.start();
    }

    private RaftGroup group() {
        return new RaftGroup(Tampering.NONE, election -> {}, metas(NodePort.META_RAFT));
    }

    private static List<Endpoint> metas(DatacenterId datacenter, NodePort port) {
        return IntStream.range(0, METAS)
                .mapToObj(i -> new Endpoint(name(datacenter, i), port.defaultNumber()))
                .toList();
    }

    private static String name(DatacenterId datacenter, int i) {
        return datacenter + "-m" + i;
    }
}
