package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.simulation.SimulatedProcess;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Some data nodes on a simulated network, with slot tables made by hand, and sessions that only this test speaks for. */
final class ReplicaCluster implements SimulatedNetwork.Tap {
    static final DatacenterId EAST = new DatacenterId("east");
    static final NodeId D1 = new NodeId("d1");
    static final NodeId D2 = new NodeId("d2");
    static final NodeId D3 = new NodeId("d3");
    static final SessionIncarnation S1 = new SessionIncarnation(new NodeId("s1"), 1);
    static final SessionIncarnation S2 = new SessionIncarnation(new NodeId("s2"), 1);
    static final DataInfoId SERVICE = DataInfoId.of("service");
    static final SlotId SLOT = SlotId.of(SERVICE);

    private static final Incarnation LIFE = new Incarnation(1, 1);

    /** One data node over all its lives. */
    final class Node implements ClusterView {
        final NodeId id;
        final InMemorySnapshotStore store = new InMemorySnapshotStore();
        private final List<Consumer<ClusterState>> listeners = new ArrayList<>();
        private SimulatedProcess process;
        private DataRole role;
        private ClusterState cluster = ClusterState.unknown(EAST);

        Node(NodeId id) {
            this.id = id;
            start(Duration.ZERO);
        }

        void start() {
            start(Duration.ZERO);
        }

        /** Starts in a process that has other things to do first. */
        void start(Duration after) {
            listeners.clear();
            process = new SimulatedProcess(id.value(), time, Duration.ZERO);
            Caller self = new Caller(EAST, id, NodeRole.DATA);
            role = new DataRole(
                    member(id),
                    settings,
                    new DataPorts(process.clock(), process.loop(), network.as(process, self), this, store));
            network.serve(process, endpoint(id), role.dispatcher());
            time.advance(after);
            role.start();
        }

        void crash() {
            process.kill();
        }

        /** What the sync does with what it has fetched. */
        void install(Datum datum) {
            role.foreignDatums().install(datum);
            time.runDue();
        }

        /** What the sync does when the peer stands behind what is held. */
        void confirmed(Datum datum) {
            role.foreignDatums().confirmed(datum.datacenter(), datum.id(), datum.version());
            time.runDue();
        }

        DatumVersion held(DatacenterId peer) {
            return role.foreignDatums().held(peer, SERVICE);
        }

        <R> R ask(Function<DataRole, CompletionStage<R>> question) {
            CompletableFuture<R> answer = question.apply(role).toCompletableFuture();
            time.runDue();
            return answer.join();
        }

        SimulatedProcess process() {
            return process;
        }

        void see(ClusterState state) {
            cluster = state;
            List.copyOf(listeners).forEach(each -> each.accept(state));
        }

        <R> R ask(Request<R> request) {
            CompletableFuture<R> answer = role.dispatcher()
                    .dispatch(request, new Caller(EAST, new NodeId("caller"), NodeRole.SESSION))
                    .toCompletableFuture();
            time.runDue();
            return answer.join();
        }

        SlotReport report() {
            return role.slotReports().stream()
                    .filter(each -> each.slot().equals(SLOT))
                    .findFirst()
                    .orElseThrow();
        }

        boolean isSettled() {
            return report().isSettled();
        }

        boolean leads() {
            return role.slotReports().stream().anyMatch(each -> each.slot().equals(SLOT));
        }

        List<Datum> onDisk() {
            return store.load(SLOT).datums();
        }

        @Override
        public ClusterState current() {
            return cluster;
        }

        @Override
        public void onChange(Consumer<ClusterState> listener) {
            listeners.add(listener);
        }
    }

    final ManualClock time = new ManualClock();
    final SimulatedNetwork network;
    final DataSettings settings;
    final Map<NodeId, Node> nodes = new TreeMap<>();
    final Map<SessionIncarnation, Map<DataInfoId, List<Publisher>>> registered =
            new TreeMap<>((a, b) -> a.node().compareTo(b.node()));
    final List<ReplicaUpdate> updates = new ArrayList<>();
    private SlotTable table = SlotTable.EMPTY;
    private long revision;
    private long stamps = 1;

    ReplicaCluster(long seed, NodeId... ids) {
        this(seed, DataSettings.standard(), ids);
    }

    ReplicaCluster(long seed, DataSettings settings, NodeId... ids) {
        this.settings = settings;
        this.network = new SimulatedNetwork(time, new Random(seed));
        network.tap(this);
        for (NodeId id : ids) {
            nodes.put(id, new Node(id));
        }
    }

    @Override
    public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
        if (request instanceof UpdateReplicas update) {
            update.updates().stream()
                    .filter(each -> each.head().slot().equals(SLOT))
                    .forEach(updates::add);
        }
        return request;
    }

    SlotTable table() {
        return table;
    }

    Node node(NodeId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    /** The slots belong to these, the first of them leads; every node hears of it. */
    void assign(NodeId... replicas) {
        next(replicas);
        tellAll();
    }

    /** The same, but only these hear of it. */
    void assignTelling(List<NodeId> told, NodeId... replicas) {
        next(replicas);
        told.forEach(this::tell);
    }

    void tellAll() {
        nodes.keySet().forEach(this::tell);
    }

    void tell(NodeId node) {
        node(node).see(state(S1, S2));
        time.runDue();
    }

    void tellSessions(SessionIncarnation... sessions) {
        revision++;
        nodes.values().forEach(node -> node.see(state(sessions)));
        time.runDue();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Time passes, and these sessions do once a second what sessions do. */
    void passWith(Duration duration, SessionIncarnation... sessions) {
        for (long at = 0; at < duration.toMillis(); at += 250) {
            if (at % 1000 == 0) {
                for (SessionIncarnation each : sessions) {
                    nodes.values().stream()
                            .filter(node -> node.process.isRunning())
                            .forEach(node -> renew(node, each));
                }
            }
            pass(Duration.ofMillis(250));
        }
    }

    /** What a session does with a node: compares, and sends what differs. */
    void renew(Node node, SessionIncarnation session) {
        Map<DataInfoId, List<Publisher>> mine = registered.getOrDefault(session, Map.of());
        List<SessionSlotDigest> digests = IntStream.range(0, SlotId.COUNT)
                .mapToObj(SlotId::new)
                .map(slot -> {
                    int count = 0;
                    long hash = 0;
                    for (Map.Entry<DataInfoId, List<Publisher>> each : mine.entrySet()) {
                        if (SlotId.of(each.getKey()).equals(slot)) {
                            for (Publisher publisher : each.getValue()) {
                                count++;
                                hash += SessionDigests.ofPublisher(each.getKey(), publisher);
                            }
                        }
                    }
                    return new SessionSlotDigest(slot, count, hash, 0);
                })
                .toList();
        SessionDifferences differences =
                node.ask(new RenewSession(session, new Endpoint(session.node().value(), 9602), digests));
        for (SlotId slot : differences.publishers()) {
            List<SyncPublishers.Entry> entries = new ArrayList<>();
            mine.forEach((service, publishers) -> {
                if (SlotId.of(service).equals(slot)) {
                    publishers.forEach(each -> entries.add(new SyncPublishers.Entry(service, each)));
                }
            });
            node.ask(new SyncPublishers(session, slot, entries));
        }
    }

    Publisher publisher(SessionIncarnation session, int number, String address) {
        return Samples.publisher(session, number, stamps++, address);
    }

    /** A client registers; its session knows it whoever leads. */
    Publisher register(NodeId leader, SessionIncarnation session, int number, String address) {
        return register(leader, session, SERVICE, number, address);
    }

    Publisher register(NodeId leader, SessionIncarnation session, DataInfoId service, int number, String address) {
        Publisher publisher = publisher(session, number, address);
        List<Publisher> mine = registered
                .computeIfAbsent(
                        session, ignored -> new TreeMap<>((a, b) -> a.toString().compareTo(b.toString())))
                .computeIfAbsent(service, ignored -> new ArrayList<>());
        mine.removeIf(each -> each.id().equals(publisher.id()));
        mine.add(publisher);
        change(leader, session, service, new DatumChange.Register(publisher));
        return publisher;
    }

    /** Its session has it no longer, and no leader has been told. */
    void forget(SessionIncarnation session, Publisher publisher) {
        registered
                .getOrDefault(session, Map.of())
                .getOrDefault(SERVICE, new ArrayList<>())
                .remove(publisher);
    }

    void remove(NodeId leader, SessionIncarnation session, Publisher publisher) {
        forget(session, publisher);
        change(leader, session, SERVICE, new DatumChange.Remove(publisher.id(), publisher.owner()));
    }

    ChangeResult change(NodeId leader, SessionIncarnation session, DataInfoId service, DatumChange change) {
        return node(leader)
                .ask(new ApplyChanges(session, List.of(new RegistrationChange(service, change))))
                .results()
                .get(0);
    }

    DatumAnswer fetch(NodeId from) {
        return node(from)
                .ask(new FetchDatums(null, List.of(new DatumQuery(EAST, SERVICE, DatumVersion.NONE))))
                .answers()
                .get(0);
    }

    DatumAnswer fetch(NodeId from, DatacenterId datacenter) {
        return node(from)
                .ask(new FetchDatums(null, List.of(new DatumQuery(datacenter, SERVICE, DatumVersion.NONE))))
                .answers()
                .get(0);
    }

    /** The addresses a node answers with, unconfirmed or not. */
    List<String> shown(NodeId from) {
        Datum datum = fetch(from).datum();
        return datum == null
                ? List.of()
                : datum.publishers().stream()
                        .flatMap(each -> each.addresses().stream())
                        .sorted()
                        .toList();
    }

    private void next(NodeId... replicas) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < SlotId.COUNT; i++) {
            LeaderEpoch before = table.slots().isEmpty()
                    ? LeaderEpoch.NONE
                    : table.slots().get(i).epoch();
            boolean isSameLeader =
                    !table.slots().isEmpty() && table.slots().get(i).leader().equals(replicas[0]);
            slots.add(new Slot(new SlotId(i), isSameLeader ? before : before.next(), List.of(replicas)));
        }
        table = new SlotTable(new SlotTableEpoch(LIFE, table.epoch().number() + 1), slots);
        revision++;
    }

    private ClusterState state(SessionIncarnation... sessions) {
        List<Member> members = new ArrayList<>();
        for (SessionIncarnation session : sessions) {
            members.add(new Member(session.node(), EAST, NodeRole.SESSION, Map.of(), session.start()));
        }
        nodes.keySet().forEach(id -> members.add(member(id)));
        return new ClusterState(EAST, table, revision, members);
    }

    private static Member member(NodeId id) {
        return new Member(id, EAST, NodeRole.DATA, Map.of(NodePort.DATA_FOR_DATA, endpoint(id)), 1);
    }

    private static Endpoint endpoint(NodeId id) {
        return new Endpoint(id.value(), 9621);
    }
}
