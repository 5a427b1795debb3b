package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.bolt.BoltProcess;
import io.twinspan.registry.node.bolt.RawFrames;
import io.twinspan.registry.node.meta.CommandLog;
import io.twinspan.registry.node.meta.CommandLogContract;
import io.twinspan.registry.node.meta.RecordingReplica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JRaftCommandLogTest implements CommandLogContract {
    @TempDir
    Path folder = Path.of("");

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Endpoint self = freeEndpoint();

    @AfterEach
    void nothingBroke() {
        assertThat(faults).isEmpty();
    }

    @Override
    public CommandLog open() {
        return log(self, List.of(self), folder);
    }

    @Test
    void threeMembersElectOneLeaderAndApplyTheSame() throws Exception {
        List<Endpoint> group = List.of(freeEndpoint(), freeEndpoint(), freeEndpoint());
        List<CommandLog> logs = new ArrayList<>();
        List<RecordingReplica> replicas = new ArrayList<>();
        for (Endpoint member : group) {
            CommandLog log = log(member, group, folder.resolve(String.valueOf(member.port())));
            RecordingReplica replica = new RecordingReplica();
            log.start(replica);
            logs.add(log);
            replicas.add(replica);
        }
        try {
            CommandLog leader = leader(logs);
            leader.propose("x".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(replicas)
                            .allSatisfy(replica -> assertThat(replica.state()).containsExactly("x")));
            assertThat(logs).filteredOn(log -> log != leader).allSatisfy(log -> {
                assertThat(log.status().raftStatus()).isEqualTo("Follower");
                assertThat(log.status().leader()).contains(leader.status().self());
            });
        } finally {
            logs.forEach(CommandLog::close);
        }
    }

    @Test
    void memberThatComesBackOnAnEmptyDiskIsGivenEverything() throws Exception {
        List<Endpoint> group = List.of(freeEndpoint(), freeEndpoint(), freeEndpoint());
        List<CommandLog> logs = new ArrayList<>();
        for (Endpoint member : group) {
            CommandLog log = log(member, group, folder.resolve(String.valueOf(member.port())));
            log.start(new RecordingReplica());
            logs.add(log);
        }
        try {
            CommandLog leader = leader(logs);
            int lost = (logs.indexOf(leader) + 1) % logs.size();
            logs.get(lost).close();
            for (String command : List.of("a", "b", "c")) {
                leader.propose(command.getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
            RecordingReplica back = new RecordingReplica();
            logs.set(lost, log(group.get(lost), group, folder.resolve("empty")));
            logs.get(lost).start(back);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(back.state()).containsExactly("a", "b", "c"));
        } finally {
            logs.forEach(CommandLog::close);
        }
    }

    @Test
    void portInUseIsSaidByName() throws Exception {
        try (ServerSocket taken = new ServerSocket(self.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            CommandLog log = open();
            assertThatThrownBy(() -> log.start(new RecordingReplica())).hasMessageContaining(self.toString());
        }
    }

    static Stream<Arguments> framesThatBoltWouldWaitOrDieFor() {
        return Stream.of(
                Arguments.of("more than any call has", 100 << 20),
                Arguments.of("more than Bolt can add up", Integer.MAX_VALUE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framesThatBoltWouldWaitOrDieFor")
    void whoAnnouncesTooLargeAFrameIsDisconnected(String what, int announced) throws Exception {
        CommandLog log = open();
        log.start(new RecordingReplica());
        try (Socket stranger = RawFrames.connect(self.port())) {
            stranger.getOutputStream().write(RawFrames.request("x", new byte[0], announced));
            assertThat(stranger.getInputStream().read())
                    .as("the end of the stream")
                    .isEqualTo(-1);
        } finally {
            log.close();
        }
    }

    private static CommandLog leader(List<CommandLog> logs) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> logs.stream()
                                .filter(log -> log.status().isLeader())
                                .findFirst()
                                .orElse(null),
                        found -> found != null
                                && logs.stream()
                                        .allMatch(log -> log.status()
                                                .leader()
                                                .equals(found.status().leader())));
    }

    private CommandLog log(Endpoint at, List<Endpoint> group, Path where) {
        return new JRaftCommandLog(RaftSettings.standard(at, at, group, where), faults::add, BoltProcess::bound);
    }

    private static Endpoint freeEndpoint() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
