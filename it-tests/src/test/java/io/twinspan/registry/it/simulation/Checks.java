package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.announce.Announcement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** What is watched in one world, and what was found. */
final class Checks {
    private static final int MOST_KEPT = 20;

    private final SimulatedWorld world;
    private final OneVersionOneContent contents;
    private final NotOlderThanNamed current = new NotOlderThanNamed();
    private final VerifyAgrees verify = new VerifyAgrees();
    private final StillStaysStill still = new StillStaysStill();
    private final OnlyTheNewestLeads leads = new OnlyTheNewestLeads();
    private final List<Invariant<ShownChange>> ofLists =
            new ArrayList<>(List.of(new NothingIsLost(), new NothingReturns(), still));
    private final List<Invariant<Election>> ofElections = List.of(new OneLeaderATerm(), new NothingAgreedIsLost());
    private final List<Invariant<Told>> ofTables = List.of(new EpochsNeverGoBack());
    private final List<Invariant<Answered>> ofAnswers = List.of(leads, new NoEcho());
    private final List<Invariant<SimulatedWorld>> always;
    private final List<Invariant<SimulatedWorld>> atTheEnd;
    private final List<String> found = new ArrayList<>();

    Checks(SimulatedWorld world) {
        this.world = world;
        this.contents = new OneVersionOneContent(world.coverage());
        this.always = List.of(contents, new PlacesAgree(), new ShownInTime(), new GoneInTime());
        this.atTheEnd = List.of(
                contents, new EverybodySeesAll(true), new ReplicasAgree(leads), new MirrorsAgree(), new PutsAreKept());
    }

    /** What has to see everything that travels. */
    List<SimulatedNetwork.Tap> taps() {
        return List.of(contents, current, new SimulatedNetwork.Tap() {
            @Override
            public <R> void onAnswered(Endpoint by, Caller to, Request<R> request, R answer) {
                world.findNode(by).ifPresent(node -> look(new Answered(world, node, request, answer)));
            }
        });
    }

    /** Looks at every list that is shown besides. */
    void also(Invariant<ShownChange> more) {
        ofLists.add(more);
    }

    StillStaysStill still() {
        return still;
    }

    /** A subscriber has taken a push in. */
    void onShown(Subscription subscriber, SortedSet<String> before, List<Long> since) {
        ShownChange change = new ShownChange(world, subscriber, before, since, subscriber.shown());
        ofLists.forEach(each -> each.violations(change).forEach(this::report));
    }

    /** A meta has begun to lead its group. */
    void onElected(Election election) {
        world.coverage().checked("M1");
        if (!election.acknowledged().isEmpty()) {
            world.coverage().checked("M2");
        }
        ofElections.forEach(each -> each.violations(election).forEach(this::report));
    }

    /** A role of a node goes by this description of its datacenter from now on. */
    void onCluster(SimulatedNode node, NodeRole role, ClusterState state) {
        Told told = new Told(node, role, node.life(), state);
        world.coverage().checked("M3");
        ofTables.forEach(each -> each.violations(told).forEach(this::report));
        if (role == NodeRole.DATA) {
            leads.onTold(told, world.time().nanos());
        }
    }

    /** A datacenter announces something. */
    void onAnnounced(DatacenterId own, Announcement announced) {
        NoEcho.violations(world, own, announced).forEach(this::report);
    }

    /** A data node puts a peer's datum in the place of what it held. */
    void onInstall(Datum datum) {
        current.onInstall(datum);
    }

    /** A data node asks a peer for what was named. */
    void onFetch(SimulatedNode by, FetchDatums fetch) {
        current.onFetch(by, fetch);
    }

    /** A data node takes something of a peer for what is true now. */
    void onCurrent(Current taken) {
        current.violations(taken).forEach(this::report);
    }

    /** Operators have seen that services are really gone, and let go what was held back because of their number. */
    void releaseHeld() {
        for (SimulatedNode node : world.allNodes()) {
            CrossDatacenterSync sync = node.sync();
            if (sync != null) {
                world.peersOf(node.datacenter()).forEach(sync::release);
            }
        }
    }

    /** Lets every data node say whether the datacenters agree; takes time. */
    void verify() {
        verify.ask(world);
        look(verify);
    }

    /** Looks at what would be left of a datacenter if it died now. */
    void lookAtDisks(DatacenterId datacenter) {
        PlacesAgree.dataNodes(world, datacenter).stream().limit(1).forEach(node -> look(new WhatWasTakenIsKept(node)));
    }

    /** Looks at what has to hold at any time. */
    void lookAround() {
        always.forEach(this::look);
    }

    /** Looks at what has to hold some time after the faults. */
    void lookBack() {
        atTheEnd.forEach(this::look);
    }

    /** True when everything that has to hold some time after the faults holds already. */
    boolean isAllWell() {
        return atTheEnd.stream().allMatch(each -> each.violations(world).isEmpty());
    }

    /** True when every list shows everybody who lives. */
    boolean isEverybodySeeingAll() {
        return new EverybodySeesAll(false).violations(world).isEmpty();
    }

    /** Looks at the whole world now. */
    void look(Invariant<SimulatedWorld> invariant) {
        invariant.violations(world).forEach(this::report);
    }

    private void look(Answered answered) {
        ofAnswers.forEach(each -> each.violations(answered).forEach(this::report));
        // A meta that follows may pass on what its leader says and later be alone with what it knows itself.
        if (answered.answer() instanceof ClusterState state && isLeading(answered.by())) {
            onCluster(answered.by(), NodeRole.META, state);
        }
    }

    private boolean isLeading(SimulatedNode meta) {
        SimulatedLog log = world.metaGroup(meta.datacenter()).find(meta.endpoint(NodePort.META_RAFT));
        return log != null && log.status().isLeader();
    }

    void report(String violation) {
        if (found.size() < MOST_KEPT) {
            found.add(String.format("%.3f s: %s", world.time().nanos() / 1e9, violation));
        }
    }

    List<String> found() {
        return found;
    }
}
