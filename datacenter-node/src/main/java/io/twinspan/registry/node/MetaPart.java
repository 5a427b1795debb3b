package io.twinspan.registry.node;

import io.twinspan.registry.config.NodePorts;
import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.HookSteps;
import io.twinspan.registry.node.bolt.BoltProcess;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.meta.MetaFigures;
import io.twinspan.registry.node.meta.MetaMeters;
import io.twinspan.registry.node.meta.MetaNeighbours;
import io.twinspan.registry.node.meta.MetaPorts;
import io.twinspan.registry.node.meta.MetaRole;
import io.twinspan.registry.node.meta.MetaRoutes;
import io.twinspan.registry.node.meta.MetaSettings;
import io.twinspan.registry.node.meta.SlotLimits;
import io.twinspan.registry.node.meta.raft.JRaftCommandLog;
import io.twinspan.registry.node.meta.raft.RaftSettings;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The meta role on JRaft. */
final class MetaPart implements RolePart {
    private final Foundation foundation;
    private final MetaRole role;
    private final EventLoop loop;

    MetaPart(Foundation foundation, NodeProperties properties) {
        this.foundation = foundation;
        NodeProperties.Membership membership = properties.membership();
        List<Endpoint> group = foundation.topology().metaHosts().stream()
                .map(host -> foundation.ports().onPeerHost(host, NodePort.META_RAFT))
                .toList();
        RaftSettings raft = RaftSettings.standard(
                foundation.ports().advertised(NodePort.META_RAFT),
                foundation.ports().bound(NodePort.META_RAFT),
                group,
                foundation.folder("meta"));
        this.loop = foundation.loop("meta");
        this.role = new MetaRole(
                foundation.topology().local(),
                new MetaPorts(
                        new JRaftCommandLog(raft, foundation.faults(), BoltProcess::bound),
                        foundation.clock(),
                        RandomGenerator.getDefault(),
                        neighbours(),
                        loop),
                MetaSettings.standard()
                        .withLeases(membership.lease(), membership.dataAbsence())
                        .withLocalChecks(properties.resolver().checkLocal())
                        .withSlots(SlotLimits.standard().with(membership.promotion(), membership.replicas())),
                new HookSteps(properties.failover().all(), new OutsideHooks(foundation.folder("hooks"))));
    }

    private MetaNeighbours neighbours() {
        NodePorts ports = foundation.ports();
        Endpoint own = ports.advertised(NodePort.META_FOR_META);
        List<Endpoint> others = foundation.topology().metaHosts().stream()
                .map(host -> ports.onPeerHost(host, NodePort.META_FOR_META))
                .filter(other -> !other.equals(own))
                .toList();
        return new MetaNeighbours(
                foundation.peers(NodeRole.META),
                others,
                MetaNeighbours.sameDistance(ports.advertised(NodePort.META_RAFT), own),
                foundation.topology().peers().stream()
                        .collect(Collectors.toMap(PeerDatacenter::datacenter, PeerDatacenter::meta)));
    }

    @Override
    public void start() {
        foundation.serve(role.dispatcher(), NodePort.META_FOR_SESSION, NodePort.META_FOR_DATA, NodePort.META_FOR_META);
        role.start();
        loop.scheduleEvery(MetaFigures.EVERY, new MetaFigures(role)::write);
    }

    @Override
    public RoleRoutes routes() {
        return new RoleRoutes(foundation.ports().number(NodePort.META_HTTP), new MetaRoutes(role).routes());
    }

    @Override
    public List<MeterSource> meters() {
        return List.of(new MetaMeters(role));
    }

    @Override
    public void close() {
        role.close();
    }
}
