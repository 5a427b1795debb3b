package io.twinspan.registry.node;

import io.twinspan.registry.config.Topology;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.FetchHoldings;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.node.data.DataMeters;
import io.twinspan.registry.node.data.DataPorts;
import io.twinspan.registry.node.data.DataRole;
import io.twinspan.registry.node.data.DataRoutes;
import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.data.DigestFigures;
import io.twinspan.registry.node.data.SnapshotStore;
import io.twinspan.registry.node.data.SyncMeters;
import io.twinspan.registry.node.data.SyncRoutes;
import io.twinspan.registry.node.data.rocksdb.RocksDbSnapshotStore;
import io.twinspan.registry.node.data.rocksdb.StoreSettings;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.PeerSettings;
import io.twinspan.registry.sync.SyncLimits;
import io.twinspan.registry.sync.SyncPorts;
import io.twinspan.registry.sync.SyncSettings;
import io.twinspan.registry.sync.kafka.KafkaAnnouncementChannel;
import io.twinspan.registry.sync.kafka.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The data role on RocksDB, and with peers the sync to them over Kafka. */
final class DataPart implements RolePart {
    private final Foundation foundation;
    private final MetaLink link;
    private final SnapshotStore store;
    private final DataRole role;
    private final EventLoop loop;
    private final @Nullable CrossDatacenterSync sync;
    private volatile boolean isStandby;
    private volatile Set<DatacenterId> down = Set.of();

    DataPart(Foundation foundation, NodeProperties.Data data, TopicSettings topics, SyncLimits limits) {
        this.foundation = foundation;
        this.link = foundation.metaLink(NodeRole.DATA, NodePort.META_FOR_DATA);
        foundation.links().ofData(link, foundation.metas(NodePort.META_FOR_DATA));
        this.loop = foundation.loop("data");
        this.store = RocksDbSnapshotStore.open(foundation.folder("data"), StoreSettings.standard());
        DataSettings.Warming warming =
                new DataSettings.Warming(data.warmingEarliest(), data.warmingQuiet(), data.warmingLatest());
        DataSettings standard = DataSettings.standard();
        this.role = new DataRole(
                foundation.member(NodeRole.DATA),
                standard.withWarming(warming)
                        .withSessionLease(data.sessionLease())
                        .withReplication(data.replication().settings())
                        .withForeign(data.foreign().settings())
                        .withQuarantine(standard.quarantine().withBound(data.quarantineBound())),
                new DataPorts(foundation.clock(), loop, foundation.peers(NodeRole.DATA), link, store));
        role.watch(node -> foundation.isConnected(node, NodeRole.SESSION));
        link.report(role::slotReports, role::isFitToLead);
        this.sync = foundation.topology().peers().isEmpty() ? null : sync(topics, limits);
        if (sync != null) {
            role.connect(sync);
        }
        role.dispatcher().on(FetchHoldings.class, (question, caller) -> holdings());
        foundation.policies().onChange(role::decide);
        role.decide(foundation.policies().current());
        foundation.federation().onChange(this::onDuties);
        onDuties(foundation.federation().current());
        foundation.move().onChange(role::onMove);
        role.onMove(foundation.move().current());
        link.moving(role::moveProgress);
    }

    @Override
    public void start() {
        foundation.serve(role.dispatcher(), NodePort.DATA_FOR_SESSION, NodePort.DATA_FOR_DATA, NodePort.DATA_NOTICE);
        role.start();
        loop.scheduleEvery(DigestFigures.EVERY, new DigestFigures(role)::write);
        link.start();
        if (sync != null) {
            sync.start();
        }
    }

    @Override
    public RoleRoutes routes() {
        RouterFunction<ServerResponse> routes = new DataRoutes(role).routes();
        return new RoleRoutes(
                foundation.ports().number(NodePort.DATA_HTTP),
                sync == null ? routes : routes.and(new SyncRoutes(sync).routes()));
    }

    @Override
    public List<MeterSource> meters() {
        List<MeterSource> sources = new ArrayList<>();
        sources.add(new DataMeters(role));
        sources.add(new ClusterMeters(NodeRole.DATA, link));
        CrossDatacenterSync toPeers = sync;
        if (toPeers != null) {
            sources.add(() -> toPeers.status().thenApply(SyncMeters::of));
        }
        return sources;
    }

    @Override
    public void close() {
        if (sync != null) {
            sync.close();
        }
        link.close();
        role.close();
        store.close();
    }

    private void onDuties(FederationView view) {
        // One that was lost fetches all before it is readmitted, and so learns which of its own clients are elsewhere.
        boolean standsBy = view.duty() == Duty.STANDBY || view.duty() == Duty.DOWN;
        Set<DatacenterId> areDown = view.state().duties().entrySet().stream()
                .filter(each -> each.getValue() == Duty.DOWN && !each.getKey().equals(view.own()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        if (isStandby != standsBy || !areDown.equals(down)) {
            isStandby = standsBy;
            down = areDown;
            role.onDuties(standsBy, areDown);
        }
    }

    private CompletionStage<Holdings> holdings() {
        CrossDatacenterSync toPeers = sync;
        return toPeers == null
                ? role.report().thenApply(report -> report.holdings(List.of(), Map.of()))
                : role.report()
                        .thenCompose(report -> toPeers.status()
                                .thenCombine(
                                        toPeers.byVersionOnly(Holdings.OfPeer.MOST_NAMES),
                                        (status, names) -> report.holdings(status.peers(), names)));
    }

    private CrossDatacenterSync sync(TopicSettings topics, SyncLimits limits) {
        Topology topology = foundation.topology();
        SyncSettings settings = new SyncSettings(
                topology.local(),
                topology.kafka().bootstrap(),
                topology.peers().stream()
                        .map(peer ->
                                new PeerSettings(peer.datacenter(), peer.kafka().bootstrap(), peer.meta()))
                        .toList(),
                limits);
        return new CrossDatacenterSync(
                settings,
                foundation.clock(),
                foundation.loop("sync"),
                RandomGenerator.getDefault(),
                new SyncPorts(
                        foundation.member(NodeRole.DATA).node(),
                        role.foreignDatums(),
                        foundation.peers(NodeRole.DATA),
                        new KafkaAnnouncementChannel(KafkaParts.settings(topology, topics, limits))));
    }
}
