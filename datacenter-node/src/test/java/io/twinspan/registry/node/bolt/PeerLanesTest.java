package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.contract.PeerClientContract;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.runtime.ThreadEventLoop;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session with several connections to one data node. */
class PeerLanesTest {
    private static final String HOST = "127.0.0.1";
    private static final int CONNECTIONS = 10;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final PeerTransportSettings SETTINGS =
            new PeerTransportSettings(1 << 20, 10, CONNECTIONS, 10_000, Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final HybridClock clock = PeerClientContract.clockAt(0);
    private final ConcurrentLinkedQueue<Request<?>> arrived = new ConcurrentLinkedQueue<>();
    private ThreadEventLoop timers = new ThreadEventLoop("unused", fault -> {});
    private BoltPeerServer server = new BoltPeerServer(clock, SETTINGS, fault -> {});
    private BoltPeers peers = new BoltPeers(clock, timers, SETTINGS);

    @BeforeEach
    void open() {
        timers = new ThreadEventLoop("timers", fault -> {});
        server = new BoltPeerServer(clock, SETTINGS, fault -> {});
        peers = new BoltPeers(clock, timers, SETTINGS);
    }

    @AfterEach
    void shut() {
        peers.close();
        server.close();
        timers.close();
    }

    @Test
    void registrationsAndTheirComparisonStayInOrderOverManyConnections() throws Exception {
        Endpoint data = listen();
        hold(data, CONNECTIONS);
        PeerClient client = peers.as(PeerClientContract.CALLER);
        List<Request<?>> sent = new ArrayList<>();
        List<CompletionStage<?>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Request<ChangesApplied> next = i % 3 == 0
                    ? new SyncPublishers(session(i), SlotId.of(service(i)), List.of())
                    : new ApplyChanges(session(i), List.of());
            sent.add(next);
            calls.add(client.call(data, next, PeerClientContract.LONG));
            calls.add(client.call(data, read(i), PeerClientContract.LONG));
        }
        CompletableFuture.allOf(
                        calls.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(arrived.stream().filter(each -> !(each instanceof FetchDatums)))
                .containsExactlyElementsOf(sent);
    }

    @Test
    void connectionsAreKeptOpenAndMadeAgainAlthoughNobodyCalls() {
        Endpoint data = listen();
        hold(data, CONNECTIONS);
        assertThat(server.connections()).containsEntry(data.port(), CONNECTIONS);
        server.close();
        await("all lost").atMost(SOON).until(() -> peers.links().equals(Map.of(data, 0)));
        server = new BoltPeerServer(clock, SETTINGS, fault -> {});
        server.listen(HOST, data.port(), dispatcher());
        hold(data, CONNECTIONS);
        assertThat(server.connections()).containsEntry(data.port(), CONNECTIONS);
    }

    @Test
    void anEndpointThatIsGoneAndNotWantedIsForgotten() {
        Endpoint data = listen();
        hold(data, 2);
        peers.hold(Map.of());
        assertThat(peers.links()).containsEntry(data, 2);
        server.close();
        await("forgotten").atMost(SOON).until(() -> {
            peers.hold(Map.of());
            return peers.links().isEmpty();
        });
    }

    @Test
    void moreConnectionsThanAllowedAreRefused() {
        assertThatThrownBy(() -> peers.hold(Map.of(new Endpoint(HOST, 1), CONNECTIONS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than the " + CONNECTIONS + " allowed");
    }

    private void hold(Endpoint data, int connections) {
        await(connections + " connections").atMost(SOON).until(() -> {
            peers.hold(Map.of(data, connections));
            return peers.links().equals(Map.of(data, connections))
                    && server.connections().containsValue(connections);
        });
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("service-" + number);
    }

    /** Told apart by its number. */
    private static SessionIncarnation session(int number) {
        return new SessionIncarnation(new NodeId("s1"), number + 1);
    }

    private static FetchDatums read(int number) {
        return new FetchDatums(
                null,
                List.of(new DatumQuery(PeerClientContract.CALLER.datacenter(), service(number), DatumVersion.NONE)));
    }

    private Endpoint listen() {
        return new Endpoint(HOST, server.listen(HOST, 0, dispatcher()));
    }

    private RequestDispatcher dispatcher() {
        return new RequestDispatcher()
                .on(ApplyChanges.class, (request, caller) -> note(request, new ChangesApplied(List.of())))
                .on(SyncPublishers.class, (request, caller) -> note(request, new ChangesApplied(List.of())))
                .on(FetchDatums.class, (request, caller) -> note(request, new DatumAnswers(List.of())));
    }

    private <R> CompletionStage<R> note(Request<R> request, R answer) {
        arrived.add(request);
        return CompletableFuture.completedFuture(answer);
    }
}
