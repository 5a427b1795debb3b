package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link CommandLog} must do; each implementation's test implements this. */
public interface CommandLogContract {
    /** Longest that a lone member may take to lead. */
    Duration LEADS_WITHIN = Duration.ofSeconds(10);

    /** A log of a group of one; a second one in the same test restarts from the disk of the first, which is closed by then. */
    CommandLog open();

    @Test
    default void loneMemberBecomesLeaderAndTellsItsReplica() {
        RecordingReplica replica = new RecordingReplica();
        try (CommandLog log = started(replica)) {
            assertThat(replica.leadership()).containsExactly(true);
            GroupStatus status = log.status();
            assertThat(status.isLeader()).isTrue();
            assertThat(status.raftStatus()).isEqualTo("Leader");
            assertThat(status.members()).containsExactly(status.self());
        }
    }

    @Test
    default void commandsAreAppliedOnceInTheOrderProposed() throws Exception {
        RecordingReplica replica = new RecordingReplica();
        try (CommandLog log = started(replica)) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            List<String> commands =
                    IntStream.range(0, 500).mapToObj(i -> "c" + i).toList();
            commands.forEach(command -> answers.add(propose(log, command)));
            for (CompletableFuture<String> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
            }
            assertThat(replica.state()).isEqualTo(commands);
        }
    }

    @Test
    default void refusalOfTheReplicaIsTheAnswerOfTheProposal() throws Exception {
        RecordingReplica replica = new RecordingReplica();
        try (CommandLog log = started(replica)) {
            assertThat(propose(log, "no way").get(10, TimeUnit.SECONDS)).isEqualTo("refused no way");
            assertThat(replica.state()).isEmpty();
        }
    }

    @Test
    default void whatWasAppliedIsThereAfterRestart() throws Exception {
        try (CommandLog log = started(new RecordingReplica())) {
            propose(log, "a").get(10, TimeUnit.SECONDS);
            propose(log, "b").get(10, TimeUnit.SECONDS);
        }
        RecordingReplica replica = new RecordingReplica();
        try (CommandLog log = started(replica)) {
            assertThat(replica.state()).containsExactly("a", "b");
            propose(log, "c").get(10, TimeUnit.SECONDS);
            assertThat(replica.state()).containsExactly("a", "b", "c");
        }
    }

    @Test
    default void snapshotAndTheCommandsAfterItAreThereAfterRestart() throws Exception {
        try (CommandLog log = started(new RecordingReplica())) {
            propose(log, "a").get(10, TimeUnit.SECONDS);
            log.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
            propose(log, "b").get(10, TimeUnit.SECONDS);
        }
        RecordingReplica replica = new RecordingReplica();
        try (CommandLog log = started(replica)) {
            assertThat(log.status().isLeader()).isTrue();
            assertThat(replica.wasLoaded()).isTrue();
            assertThat(replica.state()).containsExactly("a", "b");
        }
    }

    @Test
    default void closedLogTakesNoCommandAndSaysThatItDoesNotLead() {
        CommandLog log = started(new RecordingReplica());
        log.close();
        assertThatThrownBy(() -> propose(log, "late").get(10, TimeUnit.SECONDS)).hasMessageContaining("does not lead");
        assertThat(log.status().isLeader()).isFalse();
    }

    private CommandLog started(RecordingReplica replica) {
        CommandLog log = open();
        log.start(replica);
        await().atMost(LEADS_WITHIN)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !replica.leadership().isEmpty());
        return log;
    }

    private static CompletableFuture<String> propose(CommandLog log, String command) {
        return log.propose(command.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
    }
}
