package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.data.DataPorts;
import io.twinspan.registry.node.data.DataRole;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.membership.MetaLinkSettings;
import io.twinspan.registry.node.meta.MetaNeighbours;
import io.twinspan.registry.node.meta.MetaPorts;
import io.twinspan.registry.node.meta.MetaRole;
import io.twinspan.registry.node.move.NodeMove;
import io.twinspan.registry.node.pushswitch.NodePushSwitch;
import io.twinspan.registry.node.session.SessionPorts;
import io.twinspan.registry.node.session.SessionRole;
import io.twinspan.registry.node.session.SessionSelf;
import io.twinspan.registry.node.session.SessionSettings;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.simulation.SimulatedProcess;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.PeerSettings;
import io.twinspan.registry.sync.SyncLimits;
import io.twinspan.registry.sync.SyncPorts;
import io.twinspan.registry.sync.SyncSettings;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One machine: what is on its disks, and, while it is up, one life of its process with the production roles wired as in main. */
final class SimulatedNode {
    private final SimulatedWorld world;
    private final DatacenterId datacenter;
    private final NodeId id;
    private final Set<NodeRole> roles;
    private final Random random;
    private final MetaDisk metaDisk = new MetaDisk();
    private final SimulatedDisk dataDisk;
    private final RememberedSwitch pushDisk = new RememberedSwitch();
    private final RememberedCluster clusterDisk = new RememberedCluster();
    private final RememberedMove moveDisk = new RememberedMove();
    private final Set<SimulatedEdge> edges = new LinkedHashSet<>();
    private Duration skew;
    private @Nullable SimulatedProcess process;
    private @Nullable SessionRole session;
    private @Nullable DataRole data;
    private boolean isStandby;
    private Set<DatacenterId> withoutClients = Set.of();
    private @Nullable AnnouncementChannel channel;
    private @Nullable CrossDatacenterSync sync;
    private long connections;
    private long life;
    private long startedNanos;

    SimulatedNode(SimulatedWorld world, DatacenterId datacenter, String name, Set<NodeRole> roles) {
        this.world = world;
        this.datacenter = datacenter;
        this.id = new NodeId(datacenter + "-" + name);
        this.roles = Set.copyOf(roles);
        this.random = world.seed().random(id.value());
        this.dataDisk = world.tampering().disk(world.time(), random);
        this.skew = Duration.ofMillis(random.nextInt(400));
    }

    String name() {
        return id.value();
    }

    DatacenterId datacenter() {
        return datacenter;
    }

    boolean has(NodeRole role) {
        return roles.contains(role);
    }

    boolean isUp() {
        return process != null;
    }

    boolean isRunning() {
        return process != null && process.isRunning();
    }

    SimulatedProcess process() {
        if (process == null) {
            throw new IllegalStateException(id + " is down");
        }
        return process;
    }

    SessionRole session() {
        if (session == null) {
            throw new IllegalStateException(id + " serves no clients");
        }
        return session;
    }

    /** What its metas tell it of duty, also after a restart: whether its datacenter stands by, or is out, and which peers are out. */
    void onDuties(boolean standsBy, Set<DatacenterId> areOut) {
        isStandby = standsBy;
        withoutClients = areOut;
        if (data != null) {
            data.onDuties(standsBy, areOut);
        }
    }

    /** How many registrations that are over a peer which is out lists for subscribers here; 0 while this node holds no data. */
    CompletionStage<Integer> outdated(DatacenterId peer) {
        return data == null
                ? CompletableFuture.completedFuture(0)
                : data.report().thenApply(report -> report.outdated().getOrDefault(peer, 0));
    }

    /** Its part in the sync with the peers; null while it is down or has none. */
    @Nullable
    CrossDatacenterSync sync() {
        return sync;
    }

    /** How many lives it has had, this one included. */
    long life() {
        return life;
    }

    /** When this life began. */
    long startedNanos() {
        return startedNanos;
    }

    /** The number of a new connection; never used twice in one life. */
    long nextConnection() {
        return ++connections;
    }

    Set<SimulatedEdge> edges() {
        return edges;
    }

    /** Takes the place of a machine that is lost: the same name, nothing on the data disk. */
    void wipe() {
        dataDisk.wipe();
        clusterDisk.wipe();
    }

    /** As {@link #wipe}, of what the meta group keeps here. */
    void wipeMeta() {
        metaDisk.wipe();
    }

    /** Writes reach the disk only after this long, from now on. */
    void slowDisk(Duration writeBehind) {
        dataDisk.writeBehind(writeBehind);
    }

    /** What would be there after a restart. */
    Collection<Datum> onDisk() {
        return dataDisk.all();
    }

    /** The wall clock is set. */
    void jump(Duration by) {
        skew = skew.plus(by);
        if (process != null) {
            process.jump(by);
        }
    }

    /** A new life on the old disks. */
    void start() {
        SimulatedProcess young = new SimulatedProcess(id.value(), world.time(), skew);
        process = young;
        connections = 0;
        life++;
        startedNanos = world.time().nanos();
        long incarnation = world.tampering().incarnation(young.clock().next().value());
        if (has(NodeRole.META)) {
            startMeta(young);
        }
        if (has(NodeRole.DATA)) {
            startData(young, incarnation);
        }
        if (has(NodeRole.SESSION)) {
            startSession(young, incarnation);
        }
    }

    /** Ends this life; what was not on the disks is lost, and clients see their connections end. */
    void crash() {
        process().kill();
        process = null;
        session = null;
        data = null;
        sync = null;
        if (channel != null) {
            channel.close();
            channel = null;
        }
        dataDisk.crash();
        List.copyOf(edges).forEach(SimulatedEdge::onServerDied);
        edges.clear();
    }

    private void startMeta(SimulatedProcess young) {
        Endpoint raft = endpoint(NodePort.META_RAFT);
        List<Endpoint> others = world.metas(datacenter, NodePort.META_FOR_META).stream()
                .filter(each -> !each.equals(endpoint(NodePort.META_FOR_META)))
                .toList();
        MetaRole role = new MetaRole(
                datacenter,
                new MetaPorts(
                        new SimulatedLog(world.metaGroup(datacenter), raft, metaDisk, world.network(), young, random),
                        young.clock(),
                        random,
                        new MetaNeighbours(
                                peers(young, NodeRole.META),
                                others,
                                MetaNeighbours.sameDistance(raft, endpoint(NodePort.META_FOR_META)),
                                metasOfPeers()),
                        young.loop()),
                world.settings().meta());
        serve(young, role.dispatcher(), NodePort.META_FOR_SESSION, NodePort.META_FOR_DATA, NodePort.META_FOR_META);
        role.start();
    }

    /** Metas of different datacenters talk only where there are moves: what they share besides is tried elsewhere. */
    private Map<DatacenterId, List<Endpoint>> metasOfPeers() {
        Map<DatacenterId, List<Endpoint>> metas = new LinkedHashMap<>();
        if (world.tampering().hasMoves()) {
            world.peersOf(datacenter).forEach(peer -> metas.put(peer, world.metas(peer, NodePort.META_FOR_META)));
        }
        return metas;
    }

    /** What this node knows of a move, as its roles share it. */
    private void obeyMove(
            SimulatedProcess young, MetaLink link, Consumer<MoveView> role, Supplier<Optional<MoveProgress>> progress) {
        if (world.tampering().hasMoves()) {
            NodeMove move = new NodeMove(moveDisk, young.loop());
            link.keep(move);
            link.moving(progress);
            move.onChange(role);
            role.accept(move.current());
        }
    }

    private void startData(SimulatedProcess young, long incarnation) {
        MetaLink link = link(young, NodeRole.DATA, NodePort.META_FOR_DATA, incarnation);
        DataRole role = new DataRole(
                member(NodeRole.DATA, incarnation),
                world.settings().data(),
                new DataPorts(
                        young.clock(),
                        young.loop(),
                        peers(young, NodeRole.DATA),
                        world.tampering().view(link, young.loop()),
                        dataDisk));
        data = role;
        if (isStandby || !withoutClients.isEmpty()) {
            role.onDuties(isStandby, withoutClients);
        }
        link.report(role::slotReports, role::isFitToLead);
        obeyMove(young, link, role::onMove, role::moveProgress);
        CrossDatacenterSync made = world.peersOf(datacenter).isEmpty() ? null : sync(young, role);
        if (made != null) {
            role.connect(made);
        }
        serve(young, role.dispatcher(), NodePort.DATA_FOR_SESSION, NodePort.DATA_FOR_DATA, NodePort.DATA_NOTICE);
        role.start();
        link.start();
        if (made != null) {
            made.start();
        }
    }

    private CrossDatacenterSync sync(SimulatedProcess young, DataRole role) {
        List<PeerSettings> peers = world.peersOf(datacenter).stream()
                .map(peer -> new PeerSettings(peer, "kafka:9092", world.metas(peer, NodePort.META_FOR_META)))
                .toList();
        AnnouncementChannel opened = new SimulatedChannel(world, datacenter, young.loop());
        channel = opened;
        EventLoop loop = young.loop();
        CheckedForeign foreign = new CheckedForeign(world, this, role.foreignDatums());
        CrossDatacenterSync made = new CrossDatacenterSync(
                new SyncSettings(datacenter, "kafka:9092", peers, SyncLimits.standard()),
                young.clock(),
                loop,
                random,
                new SyncPorts(id, foreign, asking(young), opened));
        sync = made;
        return made;
    }

    /** What the sync asks its peers with; what it knows of what it asks for is noted. */
    private PeerClient asking(SimulatedProcess young) {
        PeerClient way = peers(young, NodeRole.DATA);
        return new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                if (request instanceof FetchDatums fetch) {
                    world.checks().onFetch(SimulatedNode.this, fetch);
                }
                return way.call(to, request, timeout);
            }
        };
    }

    private void startSession(SimulatedProcess young, long incarnation) {
        MetaLink link = link(young, NodeRole.SESSION, NodePort.META_FOR_SESSION, incarnation);
        SessionRole role = new SessionRole(
                new SessionSelf(member(NodeRole.SESSION, incarnation), world.peersOf(datacenter)),
                SessionSettings.standard(),
                link,
                new SessionPorts(young.loop(), young.clock(), peers(young, NodeRole.SESSION), random));
        session = role;
        link.keep(clusterDisk);
        obeyMove(young, link, role::onMove, role::moveProgress);
        if (world.tampering().hasPushSwitch()) {
            obeySwitch(young, role, link);
        }
        serve(
                young,
                role.dispatcher(),
                NodePort.SESSION_CONSOLE,
                NodePort.SESSION_FOR_DATA,
                NodePort.SESSION_FOR_SESSION);
        role.start();
        link.start();
    }

    private void obeySwitch(SimulatedProcess young, SessionRole role, MetaLink link) {
        NodePushSwitch push = new NodePushSwitch(pushDisk, young.loop());
        link.keep(push);
        link.obeying(role::obeyedPushVersion);
        role.awaitPushSwitch();
        push.onChange(value -> role.onPushSwitch(value).thenRun(link::onObeyed));
        if (push.isKnown()) {
            role.onPushSwitch(push.current());
        }
    }

    private MetaLink link(SimulatedProcess young, NodeRole role, NodePort port, long incarnation) {
        // Each begins with another meta, as an operator would write it.
        List<Endpoint> metas = new ArrayList<>(world.metas(datacenter, port));
        Collections.rotate(metas, random.nextInt(metas.size()));
        MetaLink link = new MetaLink(
                member(role, incarnation), metas, peers(young, role), young.loop(), MetaLinkSettings.standard());
        link.onChange(state -> world.checks().onCluster(this, role, state));
        return link;
    }

    private PeerClient peers(SimulatedProcess young, NodeRole role) {
        return world.network().as(young, new Caller(datacenter, id, role));
    }

    private void serve(SimulatedProcess young, RequestDispatcher dispatcher, NodePort... ports) {
        for (NodePort port : ports) {
            world.network().serve(young, endpoint(port), dispatcher);
        }
    }

    Endpoint endpoint(NodePort port) {
        return new Endpoint(id.value(), port.defaultNumber());
    }

    private Member member(NodeRole role, long incarnation) {
        Map<NodePort, Endpoint> endpoints = new LinkedHashMap<>();
        List<NodePort> all = new ArrayList<>(List.of(NodePort.values()));
        all.removeIf(port -> port.role() != role);
        all.forEach(port -> endpoints.put(port, endpoint(port)));
        return new Member(id, datacenter, role, endpoints, incarnation);
    }
}
