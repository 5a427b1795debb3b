package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.sync.PeerSync;
import io.twinspan.registry.sync.announce.LedStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One data node on manual time; the test is its sessions, its meta and its peers. */
final class DataNodeOnBench implements ClusterView, PeerClient, PeerSync {
    static final DatacenterId EAST = new DatacenterId("east");
    static final DatacenterId WEST = new DatacenterId("west");
    static final NodeId SELF = new NodeId("d1");
    static final NodeId OTHER = new NodeId("d2");
    static final SessionIncarnation S1 = new SessionIncarnation(new NodeId("s1"), 1);
    static final SessionIncarnation S2 = new SessionIncarnation(new NodeId("s2"), 1);
    static final DataInfoId SERVICE = DataInfoId.of("service");
    static final SlotId SLOT = SlotId.of(SERVICE);

    private static final Incarnation LIFE = new Incarnation(1, 1);

    final ManualClock time;
    final HybridClock clock;
    final SnapshotStore store;
    final DataRole role;
    final List<DatumsChanged> notices = new ArrayList<>();
    final List<CompletableFuture<Done>> calls = new ArrayList<>();
    final List<DigestEntry> announced = new ArrayList<>();
    final List<SlotId> unled = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    boolean answersAtOnce = true;
    boolean isMetaHeard = true;
    Duration wallJump = Duration.ZERO;
    private ClusterState cluster = ClusterState.unknown(EAST);
    private Consumer<ClusterState> listener = state -> {};
    private long stamps = 1;

    DataNodeOnBench() {
        this(new ManualClock(), new InMemorySnapshotStore());
    }

    DataNodeOnBench(ManualClock time, SnapshotStore store) {
        this(time, store, DataSettings.standard());
    }

    DataNodeOnBench(ManualClock time, SnapshotStore store, DataSettings settings) {
        this.time = time;
        this.clock = new HybridClock(() -> time.instant().plus(wallJump), time::nanos);
        this.store = store;
        Member self = new Member(SELF, EAST, NodeRole.DATA, Map.of(), 1);
        this.role = new DataRole(self, settings, new DataPorts(clock, new ManualEventLoop(time), this, this, store));
        role.connect(this);
    }

    /** A node that leads every slot and has heard of two sessions that nothing is registered at. */
    static DataNodeOnBench started() {
        DataNodeOnBench bench = new DataNodeOnBench();
        bench.lead(S1, S2);
        bench.compareWithNothing(S1, S2);
        return bench;
    }

    static DataNodeOnBench settled() {
        DataNodeOnBench bench = started();
        bench.pass(Duration.ofSeconds(16));
        return bench;
    }

    /** What a kill leaves, started again: the same time and disk, nothing else. */
    DataNodeOnBench restarted() {
        DataNodeOnBench young = new DataNodeOnBench(time, store);
        young.stamps = stamps;
        young.lead(S1, S2);
        return young;
    }

    void lead(SessionIncarnation... sessions) {
        see(SlotTables.ledBy(cluster.table(), LIFE, List.of(SELF)), sessions);
        role.start();
        run();
    }

    void see(SlotTable table, SessionIncarnation... sessions) {
        List<Member> members = new ArrayList<>();
        for (SessionIncarnation session : sessions) {
            members.add(new Member(session.node(), EAST, NodeRole.SESSION, Map.of(), session.start()));
        }
        cluster = new ClusterState(EAST, table, cluster.membersRevision() + 1, members);
        listener.accept(cluster);
        run();
    }

    /** Another has led meanwhile, of which this node has not heard. */
    void leadAnew() {
        SlotTable elsewhere = SlotTables.ledBy(cluster.table(), LIFE, List.of(new NodeId("d2")));
        see(SlotTables.ledBy(elsewhere, LIFE, List.of(SELF)), S1, S2);
    }

    void moveAllTo(NodeId node) {
        see(SlotTables.ledBy(cluster.table(), LIFE, List.of(node)), S1, S2);
    }

    SlotTable table() {
        return cluster.table();
    }

    void run() {
        time.runDue();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    <R> R ask(Request<R> request) {
        return ask(request, EAST);
    }

    <R> R ask(Request<R> request, DatacenterId from) {
        CompletableFuture<R> answer = role.dispatcher()
                .dispatch(request, new Caller(from, new NodeId("caller"), NodeRole.SESSION))
                .toCompletableFuture();
        run();
        assertThat(answer).isDone();
        return answer.join();
    }

    Publisher publisher(SessionIncarnation session, int number, String address) {
        return Samples.publisher(session, number, stamps++, address);
    }

    ChangeOutcome change(SessionIncarnation session, DatumChange change) {
        ChangeResult result = result(session, change);
        assertThat(result.isLeader()).isTrue();
        return java.util.Objects.requireNonNull(result.outcome());
    }

    ChangeResult result(SessionIncarnation session, DatumChange change) {
        return ask(new ApplyChanges(session, List.of(new RegistrationChange(SERVICE, change))))
                .results()
                .get(0);
    }

    Publisher register(SessionIncarnation session, int number, String address) {
        Publisher publisher = publisher(session, number, address);
        assertThat(change(session, new DatumChange.Register(publisher))).isEqualTo(ChangeOutcome.APPLIED);
        return publisher;
    }

    DatumChange unregister(Publisher publisher, Owner by) {
        return new DatumChange.Unregister(publisher.id(), new RegistrationOrder(2, new Stamp(stamps++)), by, false);
    }

    DatumAnswer fetch(SessionIncarnation session) {
        return fetch(session, EAST);
    }

    DatumAnswer fetch(SessionIncarnation session, DatacenterId datacenter) {
        return ask(new FetchDatums(session, List.of(new DatumQuery(datacenter, SERVICE, DatumVersion.NONE))))
                .answers()
                .get(0);
    }

    /** As a session asks that was told of the datum: without opening interest anew. */
    DatumAnswer fetchOnNotice(DatacenterId datacenter) {
        return ask(new FetchDatums(null, List.of(new DatumQuery(datacenter, SERVICE, DatumVersion.NONE))))
                .answers()
                .get(0);
    }

    SessionDifferences renew(SessionIncarnation session, SessionSlotDigest... digests) {
        return ask(new RenewSession(session, new Endpoint(session.node().value(), 9602), List.of(digests)));
    }

    /** These sessions have heard who leads, have nothing at all, and have not said where notices reach them. */
    void compareWithNothing(SessionIncarnation... sessions) {
        for (SessionIncarnation each : sessions) {
            IntStream.range(0, SlotId.COUNT)
                    .forEach(slot -> ask(new SyncPublishers(each, new SlotId(slot), List.of())));
        }
    }

    /** Keeps both sessions alive, as they would themselves, while time passes. */
    void passAlive(Duration duration, SessionIncarnation... alive) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
            for (SessionIncarnation each : alive) {
                renew(each);
            }
        }
    }

    List<DatumNotice> told() {
        return notices.stream().flatMap(each -> each.notices().stream()).toList();
    }

    /** A counter over all its labels. */
    double counted(String name) {
        return role.counts().readings().stream()
                .filter(reading -> reading.name().equals(name))
                .mapToDouble(MeterReading::value)
                .sum();
    }

    DataReport report() {
        CompletableFuture<DataReport> report = role.report().toCompletableFuture();
        run();
        return report.join();
    }

    @Override
    public ClusterState current() {
        return cluster;
    }

    @Override
    public boolean isHeard() {
        return isMetaHeard;
    }

    @Override
    public void onChange(Consumer<ClusterState> newListener) {
        listener = newListener;
    }

    @Override
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        notices.add((DatumsChanged) request);
        CompletableFuture<Done> answer = new CompletableFuture<>();
        calls.add(answer);
        if (answersAtOnce) {
            answer.complete(Done.DONE);
        }
        @SuppressWarnings("unchecked") // DatumsChanged is answered with Done
        CompletionStage<R> typed = (CompletionStage<R>) answer;
        return typed;
    }

    @Override
    public void lead(LedStart start) {
        announced.addAll(start.entries());
    }

    @Override
    public void unlead(SlotId slot) {
        unled.add(slot);
    }

    @Override
    public CompletionStage<SlotRoots> answer(FetchSlotRoots request) {
        return CompletableFuture.failedFuture(new PeerException("nobody asks here"));
    }

    @Override
    public CompletionStage<SlotDigest> answer(FetchSlotDigest request) {
        return CompletableFuture.failedFuture(new PeerException("nobody asks here"));
    }

    @Override
    public void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
        announced.add(entry);
    }

    @Override
    public void interest(DataInfoId id, boolean isWanted) {
        asked.add((isWanted ? "want " : "drop ") + id.dataId());
    }

    @Override
    public void confirm(DatacenterId peer, DataInfoId id) {
        asked.add("confirm " + peer + " " + id.dataId());
    }
}
