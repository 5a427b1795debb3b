package io.twinspan.registry.node.meta.raft;

import static org.awaitility.Awaitility.await;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.bolt.BoltProcess;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.GroupStatus;
import io.twinspan.registry.node.meta.MetaNeighbours;
import io.twinspan.registry.node.meta.MetaPorts;
import io.twinspan.registry.node.meta.MetaRole;
import io.twinspan.registry.node.meta.MetaRoutes;
import io.twinspan.registry.node.meta.MetaSettings;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.InMemoryPeers;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Several meta roles of datacenter east in this process: real raft over sockets, messages between them in memory. */
final class RaftBench implements AutoCloseable {
    static final DatacenterId EAST = new DatacenterId("east");
    static final Duration LEASE = Duration.ofSeconds(3);

    /** Longer than the pauses of a busy test machine, so that elections have the causes the tests give them. */
    private static final Duration ELECTION = Duration.ofMillis(1200);

    private static final Duration SOON = Duration.ofSeconds(20);

    /** One running meta. */
    record Meta(Endpoint raft, MetaRole role, JRaftCommandLog log, MockMvc http, ThreadEventLoop loop) {
        GroupStatus status() {
            return log.status();
        }

        <R> R ask(Request<R> request) throws Exception {
            return ask(request, NodeRole.SESSION);
        }

        /** As another meta asks, so that it is answered from this one's own state. */
        <R> R askItself(Request<R> request) throws Exception {
            return ask(request, NodeRole.META);
        }

        private <R> R ask(Request<R> request, NodeRole as) throws Exception {
            return role.dispatcher()
                    .dispatch(request, new Caller(EAST, new NodeId("asker"), as))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }

        MockHttpServletResponse get(String path) throws Exception {
            return http.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse();
        }

        MockHttpServletResponse changePeer(List<Endpoint> members) throws Exception {
            return post(
                    "/manage/changePeer",
                    MediaType.APPLICATION_FORM_URLENCODED,
                    "ipAddressList="
                            + String.join(
                                    ",",
                                    members.stream().map(Endpoint::toString).toList()));
        }

        MockHttpServletResponse put(String version, String data) throws Exception {
            return post(
                    "/persistentData/put",
                    MediaType.APPLICATION_JSON,
                    "{\"dataId\":\"rule\",\"group\":\"G\",\"instanceId\":\"I\",\"version\":\"" + version
                            + "\",\"data\":\"" + data + "\"}");
        }

        MockHttpServletResponse rebuild(String confirmation) throws Exception {
            return post("/manage/rebuild?confirm=" + confirmation, MediaType.APPLICATION_JSON, "");
        }

        private MockHttpServletResponse post(String path, MediaType type, String body) throws Exception {
            return http.perform(
                            MockMvcRequestBuilders.post(path).contentType(type).content(body))
                    .andReturn()
                    .getResponse();
        }
    }

    private final Path folder;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final HybridClock clock = new HybridClock(InstantSource.system(), System::nanoTime);
    private final ThreadEventLoop timers = new ThreadEventLoop("bench-timers", faults::add);
    private final InMemoryPeers peers = new InMemoryPeers(clock, timers, faults::add, caller -> new Nobody());
    private final Map<Endpoint, Meta> running = new HashMap<>();

    /** Elections that were won, in order. */
    final List<Endpoint> leaders = new CopyOnWriteArrayList<>();

    RaftBench(Path folder) {
        this.folder = folder;
    }

    /** Starts a meta that is configured with this group. */
    Meta start(Endpoint raft, List<Endpoint> group) {
        JRaftCommandLog log = new JRaftCommandLog(
                new RaftSettings(
                        raft,
                        raft,
                        group,
                        folder.resolve(String.valueOf(raft.port())),
                        ELECTION,
                        Duration.ofMinutes(10)),
                faults::add,
                BoltProcess::bound);
        ThreadEventLoop loop = new ThreadEventLoop("meta-" + raft.port(), faults::add);
        MetaNeighbours neighbours = new MetaNeighbours(
                peers.as(new Caller(EAST, new NodeId("meta-" + raft.port()), NodeRole.META)),
                group.stream()
                        .filter(other -> !other.equals(raft))
                        .map(RaftBench::forMetas)
                        .toList(),
                MetaNeighbours.sameDistance(raft, forMetas(raft)));
        CommandLog observed = new ObservedLog(log, leads -> {
            if (leads) {
                leaders.add(raft);
            }
        });
        MetaRole role = new MetaRole(
                EAST,
                new MetaPorts(observed, clock, new Random(raft.port()), neighbours, loop),
                MetaSettings.standard().withLeases(LEASE, LEASE));
        peers.serve(forMetas(raft), role.dispatcher(), clock);
        role.start();
        Meta meta = new Meta(
                raft,
                role,
                log,
                MockMvcBuilders.routerFunctions(new MetaRoutes(role).routes()).build(),
                loop);
        running.put(raft, meta);
        return meta;
    }

    /** Starts as many metas, all configured with one another, and waits for their leader. */
    List<Meta> startGroup(int size) {
        List<Endpoint> group = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            group.add(freeEndpoint());
        }
        group.forEach(raft -> start(raft, group));
        leader();
        return group.stream().map(running::get).toList();
    }

    /** Waits until all that run agree on a leader that is among them, and can grant. */
    Meta leader() {
        return await("leader")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(this::agreed, found -> found != null);
    }

    /** One that runs and does not lead. */
    Meta follower() {
        Meta leader = leader();
        return running.values().stream()
                .filter(meta -> !meta.raft().equals(leader.raft()))
                .findFirst()
                .orElseThrow();
    }

    /** One that runs and is as wanted. */
    Meta anyOf(Predicate<Meta> wanted) {
        return running.values().stream().filter(wanted).findFirst().orElseThrow();
    }

    void stop(Meta meta) {
        peers.leave(forMetas(meta.raft()));
        running.remove(meta.raft());
        meta.role().close();
        meta.loop().close();
    }

    List<Throwable> faults() {
        return faults;
    }

    @Override
    public void close() {
        List.copyOf(running.values()).forEach(this::stop);
        timers.close();
    }

    static Endpoint freeEndpoint() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private @Nullable Meta agreed() {
        return running.values().stream()
                .filter(meta -> meta.status().isLeader() && meta.role().isReady())
                .filter(meta -> running.values().stream()
                        .allMatch(other ->
                                other.status().leader().equals(meta.status().leader())))
                .findFirst()
                .orElse(null);
    }

    private static Endpoint forMetas(Endpoint raft) {
        return new Endpoint(raft.host(), raft.port() - 2);
    }

    private static final class Nobody implements PeerClient {
        @Override
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            return CompletableFuture.failedFuture(new PeerException(to + " cannot be reached"));
        }
    }
}
