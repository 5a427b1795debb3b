package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.bolt.BoltProcess;
import io.twinspan.registry.node.meta.MetaNeighbours;
import io.twinspan.registry.node.meta.MetaPorts;
import io.twinspan.registry.node.meta.MetaRole;
import io.twinspan.registry.node.meta.MetaRoutes;
import io.twinspan.registry.node.meta.MetaSettings;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.ThreadEventLoop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The meta role on the real log and a real disk. */
class MetaRestartTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final Member DATA = new Member(
            new NodeId("d1"),
            EAST,
            NodeRole.DATA,
            Map.of(NodePort.DATA_FOR_SESSION, new Endpoint("127.0.0.1", 9620)),
            1);

    @TempDir
    Path folder = Path.of("");

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    @Test
    void incarnationSlotTableAndProvidedDataSurviveARestart() throws Exception {
        Endpoint self = freeEndpoint();
        LeaseGrant granted;
        ClusterState cluster;
        ProvidedChanges provided;
        try (ThreadEventLoop loop = new ThreadEventLoop("meta-1", faults::add);
                MetaRole role = started(self, loop)) {
            granted = answer(role, new RenewLease(DATA, List.of()));
            MockMvcBuilders.routerFunctions(new MetaRoutes(role).routes())
                    .build()
                    .perform(MockMvcRequestBuilders.post("/persistentData/put")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"dataId\":\"rule\",\"group\":\"G\",\"instanceId\":\"I\",\"version\":\"7\","
                                    + "\"data\":\"x\"}"));
            cluster = answer(role, new FetchCluster());
            provided = answer(role, new FetchProvided(0));
        }
        assertThat(granted.isGranted()).isTrue();
        assertThat(provided.values()).hasSize(1);
        try (ThreadEventLoop loop = new ThreadEventLoop("meta-2", faults::add);
                MetaRole role = started(self, loop)) {
            assertThat(answer(role, new FetchCluster())).isEqualTo(cluster);
            assertThat(answer(role, new FetchProvided(0))).isEqualTo(provided);
            assertThat(answer(role, new RenewLease(DATA, List.of())).table()).isEqualTo(granted.table());
        }
        assertThat(faults).isEmpty();
    }

    private MetaRole started(Endpoint self, ThreadEventLoop loop) {
        PeerClient alone = new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                return CompletableFuture.failedFuture(new PeerException(to + " does not exist"));
            }
        };
        MetaRole role = new MetaRole(
                EAST,
                new MetaPorts(
                        new JRaftCommandLog(
                                RaftSettings.standard(self, self, List.of(self), folder),
                                faults::add,
                                BoltProcess::bound),
                        new HybridClock(InstantSource.system(), System::nanoTime),
                        new Random(7),
                        new MetaNeighbours(alone, List.of(), UnaryOperator.identity()),
                        loop),
                MetaSettings.standard());
        role.start();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(role::isReady);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        !answer(role, new RenewLease(DATA, List.of())).refusal().contains("does not lead"));
        return role;
    }

    private static <R> R answer(MetaRole role, Request<R> request) throws Exception {
        return role.dispatcher()
                .dispatch(request, new Caller(EAST, DATA.node(), NodeRole.DATA))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Endpoint freeEndpoint() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }
}
