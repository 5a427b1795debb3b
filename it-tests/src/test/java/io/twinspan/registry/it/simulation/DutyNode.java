package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.node.federation.FederationStore;
import io.twinspan.registry.node.federation.NodeFederation;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.membership.MetaLinkSettings;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node that follows its metas and keeps what it knows of duty on a disk. */
final class DutyNode implements FederationStore {
    private final DutyWorld world;
    private final DutySite site;
    private @Nullable FederationState kept;
    private @Nullable SimulatedProcess process;
    private FederationView known;
    private long life;

    DutyNode(DutyWorld world, DutySite site) {
        this.world = world;
        this.site = site;
        this.known = FederationView.none(site.own());
    }

    String name() {
        return site.own() + "-node";
    }

    long life() {
        return life;
    }

    /** What it answers with now. */
    FederationView known() {
        return known;
    }

    /** A new life on the old disk. */
    void start() {
        if (process != null) {
            process.kill();
        }
        life++;
        SimulatedProcess young = new SimulatedProcess(name(), world.time, Duration.ZERO);
        process = young;
        NodeFederation federation = new NodeFederation(site.own(), Set.of(), this, young.loop());
        known = federation.current();
        MetaLink link = new MetaLink(
                site.member(),
                site.metas(NodePort.META_FOR_SESSION),
                world.network.as(young, new Caller(site.own(), new NodeId(name()), NodeRole.SESSION)),
                young.loop(),
                MetaLinkSettings.standard());
        federation.onChange(view -> known = view);
        link.keep(federation);
        link.start();
        world.check.look(this);
    }

    /** What a meta has told this node, for one that takes it as it is. */
    void hear(FederationView heard) {
        known = world.planted.after(known, heard);
    }

    @Override
    public Optional<FederationState> load() {
        return world.planted.isForgetful() ? Optional.empty() : Optional.ofNullable(kept);
    }

    @Override
    public void save(FederationState state) {
        kept = state;
    }
}
