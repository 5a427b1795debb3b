package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.remoting.exception.CodecException;
import com.alipay.remoting.serialization.Serializer;
import com.alipay.remoting.serialization.SerializerManager;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.RecordingReplica;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client edge puts an allow-list in Bolt's one Hessian serializer, which every Bolt port of the process shares. The raft group
 * does not notice, because its messages never go through Hessian.
 */
class RaftWithoutHessianTest {
    @TempDir
    Path folder = Path.of("");

    private final Serializer before = SerializerManager.getSerializer(SerializerManager.Hessian2);
    private final List<String> classes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void record() {
        SerializerManager.addSerializer(SerializerManager.Hessian2, new Recorder());
    }

    @AfterEach
    void putBack() {
        SerializerManager.addSerializer(SerializerManager.Hessian2, before);
    }

    @Test
    void groupElectsReplicatesAndCatchesUpWithoutHessian() throws Exception {
        List<Endpoint> group = List.of(freeEndpoint(), freeEndpoint());
        List<CommandLog> logs = new ArrayList<>();
        List<RecordingReplica> replicas = new ArrayList<>();
        for (Endpoint self : group) {
            CommandLog log = new JRaftCommandLog(
                    RaftSettings.standard(self, self, group, folder.resolve(String.valueOf(self.port()))),
                    fault -> classes.add("fault " + fault),
                    port -> {});
            RecordingReplica replica = new RecordingReplica();
            log.start(replica);
            logs.add(log);
            replicas.add(replica);
        }
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> logs.stream().anyMatch(log -> log.status().isLeader()));
            CommandLog leader = logs.stream()
                    .filter(log -> log.status().isLeader())
                    .findFirst()
                    .orElseThrow();
            leader.propose("x".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(replicas)
                            .allSatisfy(replica -> assertThat(replica.state()).containsExactly("x")));
        } finally {
            logs.forEach(CommandLog::close);
        }
        assertThat(classes).isEmpty();
    }

    private static Endpoint freeEndpoint() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }

    private final class Recorder implements Serializer {
        @Override
        public byte[] serialize(Object written) throws CodecException {
            classes.add("wrote " + written.getClass().getName());
            return before.serialize(written);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Bolt's signature
        public <T> T deserialize(byte[] data, String className) throws CodecException {
            classes.add("read " + className);
            return before.deserialize(data, className);
        }
    }
}
