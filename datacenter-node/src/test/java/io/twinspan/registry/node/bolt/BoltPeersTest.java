package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.contract.PeerClientContract;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoltPeersTest implements PeerClientContract {
    private static final String HOST = "127.0.0.1";
    private static final PeerTransportSettings SMALL =
            new PeerTransportSettings(10_000, 2, 10, 3_000, Duration.ofSeconds(1), Duration.ofMillis(300));

    private final HybridClock clock = PeerClientContract.clockAt(0);
    private ThreadEventLoop timers = new ThreadEventLoop("unused", fault -> {});
    private BoltPeerServer server = server(clock);
    private BoltPeers peers = new BoltPeers(clock, timers, SMALL);

    @BeforeEach
    void open() {
        timers = new ThreadEventLoop("timers", fault -> {});
        server = server(clock);
        peers = new BoltPeers(clock, timers, SMALL);
    }

    @AfterEach
    void shut() {
        peers.close();
        server.close();
        timers.close();
    }

    private static BoltPeerServer server(HybridClock clock) {
        return new BoltPeerServer(clock, SMALL, fault -> {});
    }

    @Override
    public Wire wire(RequestDispatcher dispatcher, HybridClock callerClock, HybridClock calledClock) {
        BoltPeerServer called = new BoltPeerServer(calledClock, PeerTransportSettings.standard(), fault -> {});
        BoltPeers caller = new BoltPeers(callerClock, timers, PeerTransportSettings.standard());
        Endpoint served = new Endpoint(HOST, called.listen(HOST, 0, dispatcher));
        Endpoint nobody = new Endpoint(HOST, freePort());
        PeerClient client = caller.as(CALLER);
        return new Wire() {
            @Override
            public PeerClient client() {
                return client;
            }

            @Override
            public Endpoint served() {
                return served;
            }

            @Override
            public Endpoint nobody() {
                return nobody;
            }

            @Override
            public void close() {
                caller.close();
                called.close();
            }
        };
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static RequestDispatcher answering() {
        return new RequestDispatcher()
                .on(
                        FetchProvided.class,
                        (request, caller) -> CompletableFuture.completedFuture(new ProvidedChanges(1, List.of())));
    }

    private static <R> R answer(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private CompletionStage<ProvidedChanges> call(Endpoint to) {
        return peers.as(CALLER).call(to, new FetchProvided(0), LONG);
    }

    @Test
    void aPortCanBeOpenedAgainAtOnceAndCallsFindTheNewOne() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        for (int i = 0; i < 30; i++) {
            answer(call(at));
            server.close();
            server = server(clock);
            server.listen(HOST, at.port(), answering());
            await().atMost(Duration.ofSeconds(5)).until(() -> peers.links().containsValue(0));
        }
        answer(call(at));
    }

    @Test
    void aCallInFlightFailsAtOnceWhenItsPeerGoes() throws Exception {
        RequestDispatcher silent =
                new RequestDispatcher().on(FetchProvided.class, (request, caller) -> new CompletableFuture<>());
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, silent));
        CompletionStage<ProvidedChanges> call = call(at);
        await().atMost(Duration.ofSeconds(5)).until(() -> server.connections().containsValue(1));
        server.close();
        assertThatThrownBy(() -> call.toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PeerException.class);
    }

    @Test
    void aConnectionOverWhichNothingComesIsMadeAnew() throws Exception {
        try (ServerSocket swallowing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint at = new Endpoint(HOST, swallowing.getLocalPort());
            callShort(at);
            Socket first = swallowing.accept();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                callShort(at);
                return isEnded(first);
            });
            callShort(at);
            swallowing.setSoTimeout(10_000);
            assertThat(swallowing.accept().isConnected()).isTrue();
        }
    }

    @Test
    void aConnectionStaysWhileAnythingComesOverIt() throws Exception {
        RequestDispatcher half = new RequestDispatcher()
                .on(FetchMetaGroup.class, (request, caller) -> new CompletableFuture<>())
                .on(
                        FetchProvided.class,
                        (request, caller) -> CompletableFuture.completedFuture(new ProvidedChanges(1, List.of())));
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, half));
        for (int i = 0; i < 20; i++) {
            CompletionStage<?> silent = peers.as(CALLER).call(at, new FetchMetaGroup(), Duration.ofMillis(50));
            answer(call(at));
            assertThatThrownBy(() -> answer(silent)).hasCauseInstanceOf(PeerException.class);
        }
        assertThat(server.connections()).containsEntry(at.port(), 1);
    }

    private void callShort(Endpoint to) {
        assertThatThrownBy(() -> answer(peers.as(CALLER).call(to, new FetchProvided(0), Duration.ofMillis(100))))
                .hasCauseInstanceOf(PeerException.class);
    }

    /** What was sent is read away; a connection that stays has no end. */
    private static boolean isEnded(Socket socket) throws IOException {
        socket.setSoTimeout(10);
        byte[] sent = new byte[4096];
        try {
            int read = socket.getInputStream().read(sent);
            while (read > 0) {
                read = socket.getInputStream().read(sent);
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    @Test
    void manyCallsShareOneConnection() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        for (int i = 0; i < 50; i++) {
            answer(call(at));
        }
        assertThat(server.connections()).containsEntry(at.port(), 1);
    }

    @Test
    void whoHasCalledIsConnectedUntilItsConnectionEnds() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        assertThat(server.isConnected(CALLER.node(), CALLER.role())).isFalse();
        answer(call(at));
        assertThat(server.isConnected(CALLER.node(), CALLER.role())).isTrue();
        assertThat(server.isConnected(CALLER.node(), NodeRole.META)).isFalse();
        peers.close();
        peers = new BoltPeers(clock, timers, SMALL);
        await().atMost(Duration.ofSeconds(5)).until(() -> !server.isConnected(CALLER.node(), CALLER.role()));
    }

    @Test
    void whoWatchesHearsOfEachConnectionAtBothOfItsEnds() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        ConnectionWatch watch = new ConnectionWatch() {
            @Override
            public void onIncoming(int port, String remote, boolean isOpen) {
                heard.add("in " + port + " " + remote.startsWith(HOST + ":") + " " + isOpen);
            }

            @Override
            public void onOutgoing(@Nullable NodeRole caller, Endpoint to, boolean isOpen) {
                heard.add("out " + caller + " " + to + " " + isOpen);
            }
        };
        List<String> all = new ArrayList<>();
        try (BoltPeers caller = new BoltPeers(clock, timers, SMALL, watch)) {
            try (BoltPeerServer called = new BoltPeerServer(clock, SMALL, fault -> {}, watch)) {
                Endpoint at = new Endpoint(HOST, called.listen(HOST, 0, answering()));
                answer(caller.as(CALLER).call(at, new FetchProvided(0), LONG));
                String in = "in " + at.port() + " true ";
                String out = "out " + CALLER.role() + " " + at + " ";
                all.addAll(List.of(in + true, out + true, in + false, out + false));
                await().atMost(Duration.ofSeconds(5)).until(() -> heard.size() == 2);
                assertThat(heard).containsExactlyInAnyOrder(in + true, out + true);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> heard.size() == 4);
            assertThat(heard).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void callsThatAreAnsweredByAFailureAreCountedByPort() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        answer(call(at));
        assertThat(server.failures()).containsEntry(at.port(), 0L);
        assertThatThrownBy(() -> answer(peers.as(CALLER).call(at, new FetchMetaGroup(), LONG)))
                .hasMessageContaining("does not answer FetchMetaGroup");
        assertThat(server.failures()).containsEntry(at.port(), 1L);
    }

    @Test
    void aPortInUseIsNamed() {
        int port = server.listen(HOST, 0, answering());
        assertThatThrownBy(() -> server.listen(HOST, port, answering()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(HOST + ":" + port);
    }

    @Test
    void anAnswerBeyondTheLimitIsRefusedByItsSender() {
        RequestDispatcher large = new RequestDispatcher()
                .on(
                        FetchProvided.class,
                        (request, caller) -> CompletableFuture.completedFuture(new ProvidedChanges(
                                1,
                                List.of(new io.twinspan.registry.message.ProvidedValue(
                                        io.twinspan.registry.datum.DataInfoId.of("a"), 1, "x".repeat(20_000), 1)))));
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, large));
        assertThatThrownBy(() -> answer(call(at))).hasMessageContaining("more than the 10000 allowed");
    }

    @Test
    void morePeersThanAllowedAreRefused() {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        call(at);
        call(new Endpoint(HOST, freePort()));
        assertThatThrownBy(() -> answer(call(new Endpoint(HOST, freePort()))))
                .hasMessageContaining("more than 2 peers");
    }

    @Test
    void aFrameBeyondTheLimitClosesItsConnectionAndNoOther() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        answer(call(at));
        try (Socket socket = RawFrames.connect(at.port())) {
            socket.getOutputStream().write(RawFrames.request("x", new byte[0], 2_000_000_000));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.refusedFrames()).isEqualTo(1);
        answer(call(at));
    }

    @Test
    void aMessageThatIsNoneIsAnsweredByARefusal() throws Exception {
        Endpoint at = new Endpoint(HOST, server.listen(HOST, 0, answering()));
        try (Socket socket = RawFrames.connect(at.port())) {
            byte[] nonsense = {(byte) 0xff, (byte) 0xff, 1};
            socket.getOutputStream().write(RawFrames.request(PeerFrame.class.getName(), nonsense, nonsense.length));
            assertThat(socket.getInputStream().read()).isEqualTo(1);
        }
        answer(call(at));
    }
}
