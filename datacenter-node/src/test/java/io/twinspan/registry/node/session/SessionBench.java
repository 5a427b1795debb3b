package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session role on manual time with up to two fake data nodes, reached after one millisecond unless cut off. */
final class SessionBench implements ClusterView, PeerClient {
    static final DatacenterId EAST = new DatacenterId("east");
    static final DatacenterId WEST = new DatacenterId("west");
    static final DataInfoId PAY = DataInfoId.of("com.example.Pay");
    static final NodeId DATA_1 = new NodeId("data-1");
    static final NodeId DATA_2 = new NodeId("data-2");
    static final Member NEIGHBOUR = new Member(
            new NodeId("session-2"),
            EAST,
            NodeRole.SESSION,
            Map.of(
                    NodePort.SESSION_CLIENT, new Endpoint("10.0.0.6", 9600),
                    NodePort.SESSION_FOR_SESSION, new Endpoint("10.0.0.6", 9604)),
            5);

    final ManualClock time = new ManualClock();
    final HybridClock clock = time.hybrid();
    final Map<NodeId, FakeDataNode> nodes = new HashMap<>();
    final Member self = new Member(
            new NodeId("session-1"),
            EAST,
            NodeRole.SESSION,
            Map.of(
                    NodePort.SESSION_CLIENT, new Endpoint("10.0.0.5", 9600),
                    NodePort.SESSION_FOR_DATA, new Endpoint("10.0.0.5", 9602)),
            77);
    final SessionSelf sessionSelf = new SessionSelf(self, List.of(WEST));
    final SessionRole role;
    boolean isCut;
    /** About how many bytes a call, and an answer, may have. */
    long frameLimit = Long.MAX_VALUE;

    @Nullable
    SessionLoad neighbour;

    private final ManualEventLoop loop = new ManualEventLoop(time);
    private final List<Consumer<ClusterState>> listeners = new ArrayList<>();
    private ClusterState state = ClusterState.unknown(EAST);
    private SlotTable table = SlotTable.EMPTY;
    private long revision;

    /** A session of which only what it told the leader is known. */
    static final SessionIncarnation ELSEWHERE = new SessionIncarnation(new NodeId("session-2"), 5);

    SessionBench() {
        this(true);
    }

    /**
     * One that may not have heard of its datacenter yet.
     *
     * @param isKnown whether it has
     */
    SessionBench(boolean isKnown) {
        for (NodeId node : List.of(DATA_1, DATA_2)) {
            nodes.put(node, new FakeDataNode(EAST, clock, this::notice));
        }
        role = new SessionRole(
                sessionSelf, SessionSettings.standard(), this, new SessionPorts(loop, clock, this, new Random(1)));
        role.start();
        if (isKnown) {
            lead(DATA_1);
        }
        run();
    }

    FakeDataNode data() {
        return node(DATA_1);
    }

    FakeDataNode node(NodeId id) {
        FakeDataNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("no node " + id);
        }
        return node;
    }

    /** Meta gives all slots to one node. */
    void lead(NodeId leader) {
        table = SlotTables.ledBy(table, Incarnation.NONE, List.of(leader));
        List<Member> members = new ArrayList<>(List.of(self, dataMember(DATA_1, 1), dataMember(DATA_2, 2)));
        if (neighbour != null) {
            members.add(NEIGHBOUR);
        }
        state = new ClusterState(EAST, table, ++revision, members);
        listeners.forEach(listener -> listener.accept(state));
    }

    /** There is a second session, with these clients. */
    void neighbour(SessionLoad load) {
        neighbour = load;
        lead(DATA_1);
    }

    void connect(ClientConnection connection) {
        role.onConnected(connection);
        run();
    }

    RegistrationAnswer publish(ClientConnection connection, String registId, long version, String... addresses) {
        return register(
                connection, ClientRegistration.Kind.PUBLISHER, registId, true, version, Scope.GLOBAL, addresses);
    }

    RegistrationAnswer unpublish(ClientConnection connection, String registId, long version) {
        return register(connection, ClientRegistration.Kind.PUBLISHER, registId, false, version, Scope.GLOBAL);
    }

    RegistrationAnswer subscribe(ClientConnection connection, String registId, Scope scope) {
        return register(connection, ClientRegistration.Kind.SUBSCRIBER, registId, true, 1, scope);
    }

    RegistrationAnswer unsubscribe(ClientConnection connection, String registId) {
        return register(connection, ClientRegistration.Kind.SUBSCRIBER, registId, false, 2, Scope.GLOBAL);
    }

    RegistrationAnswer register(
            ClientConnection connection,
            ClientRegistration.Kind kind,
            String registId,
            boolean isRegister,
            long version,
            Scope scope,
            String... addresses) {
        CompletionStage<RegistrationAnswer> answer = role.onRegistration(
                connection,
                new ClientRegistration(
                        kind, PAY, registId, isRegister, version, "DEFAULT_ZONE", "app", scope, List.of(addresses)));
        run();
        return answer.toCompletableFuture().getNow(RegistrationAnswer.refused("not answered"));
    }

    /** Lets what is under way arrive. */
    /** The other session's connection that had it has closed. */
    void closeElsewhere(String registId) {
        data().change(PAY, new DatumChange.Remove(RegistrationId.ofSofa(registId), new Owner(ELSEWHERE, 3)));
    }

    /** The client has registered it at another session. */
    void elsewhere(String registId, long version, Stamp stamp) {
        data().change(
                        PAY,
                        new DatumChange.Register(new Publisher(
                                RegistrationId.ofSofa(registId),
                                new RegistrationOrder(version, stamp),
                                new Owner(ELSEWHERE, 3),
                                "DEFAULT_ZONE",
                                "app",
                                "10.0.0.9:1",
                                List.of("moved:1"))));
    }

    void run() {
        time.advance(Duration.ofMillis(20));
    }

    void advance(Duration by) {
        time.advance(by);
    }

    @Override
    public ClusterState current() {
        return state;
    }

    @Override
    public void onChange(Consumer<ClusterState> listener) {
        listeners.add(listener);
    }

    @Override
    @SuppressWarnings("unchecked") // the fake answers each request with its own type
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        if (request instanceof FetchSessionLoad) {
            answer.complete((R) neighbour);
            return answer;
        }
        NodeId node = to.port() == 1 ? DATA_1 : DATA_2;
        if (isCut) {
            loop.schedule(timeout, () -> answer.completeExceptionally(new PeerException(to + " did not answer")));
        } else {
            loop.schedule(Duration.ofMillis(1), () -> {
                Object given = bytes(request) > frameLimit ? null : node(node).answer(request);
                if (given == null || bytes(given) > frameLimit) {
                    answer.completeExceptionally(new PeerException("more than " + frameLimit + " bytes"));
                } else {
                    answer.complete((R) given);
                }
            });
        }
        return answer;
    }

    private static long bytes(Object message) {
        if (message instanceof ApplyChanges apply) {
            return apply.changes().stream()
                    .mapToLong(each -> each.change().estimatedBytes())
                    .sum();
        }
        return message instanceof DatumAnswers answers
                ? answers.answers().stream()
                        .mapToLong(
                                each -> each.datum() == null ? 0 : each.datum().estimatedBytes())
                        .sum()
                : 0;
    }

    private void notice(DatumsChanged changed) {
        loop.schedule(
                Duration.ofMillis(1),
                () -> role.dispatcher().dispatch(changed, new Caller(EAST, DATA_1, NodeRole.DATA)));
    }

    private static Member dataMember(NodeId node, int port) {
        return new Member(
                node, EAST, NodeRole.DATA, Map.of(NodePort.DATA_FOR_SESSION, new Endpoint("10.0.1.1", port)), 1);
    }
}
