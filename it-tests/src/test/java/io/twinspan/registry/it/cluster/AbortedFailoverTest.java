package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.CommandLineRun;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.TwoDatacenters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A failover that is undone after each of its steps in turn, before the point of no return, with official clients on record. */
@Tag("long")
class AbortedFailoverTest {
    private static final int EAST = 19_600;
    private static final int WEST = 19_800;
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> STEPS = List.of("HOLD_SHRINK", "WARM", "IN_SYNC", "HOOKS_BEFORE_COMMIT");

    @TempDir
    Path folder;

    @Test
    void abortAfterEachStepRestoresResolverDutySwitchPoliciesAndLists() throws IOException {
        Path permit = folder.resolve("permit");
        try (TwoDatacenters both = TwoDatacenters.start(EAST, WEST, folder, hook(permit))) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            said(0, "federation", "init", "--active", "east", "--server", meta(both.east()));
            await("both follow").atMost(SOON).until(() -> isFollowed(both));
            String before = seen(both);
            for (String last : STEPS) {
                said(0, "failover", "run", "--to", "west", "--no-wait", "--server", meta(both.east()));
                await("step " + last)
                        .atMost(BOUND)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> hasCome(both, last));
                said(0, "failover", "abort", "--to", "west", "--server", meta(both.west()));
                await("undone")
                        .atMost(SOON)
                        .until(() -> run(both).path("state").asString().equals("ABORTED"));
                assertThat(run(both).path("notes").toString()).as(last).doesNotContain("NOT undone");
                await("as before, after " + last)
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(seen(both)).isEqualTo(before));
                all.assertNothingWasLost();
            }
            assertThat(Files.readString(folder.resolve("undone")).lines())
                    .as("the hook is undone with the run that it has halted")
                    .contains(run(both).path("run").asString());
        }
    }

    @Test
    void aRunThatAHookHasHaltedIsResumedAndTakesNothingFromAnyClientsList() throws IOException {
        Path permit = folder.resolve("permit");
        try (TwoDatacenters both = TwoDatacenters.start(EAST, WEST, folder, hook(permit))) {
            TwoSidedApplications all = TwoSidedApplications.start(both);
            said(0, "federation", "init", "--active", "east", "--server", meta(both.east()));
            await("both follow").atMost(SOON).until(() -> isFollowed(both));
            CommandLineRun halted = CommandLineRun.of("failover", "run", "--to", "west", "--server", meta(both.west()));
            assertThat(halted.code()).as(halted.said()).isEqualTo(1);
            assertThat(halted.said()).contains("not permitted yet", "failover resume --to west", "is HALTED");
            Files.createFile(permit);
            CommandLineRun resumed =
                    CommandLineRun.of("failover", "resume", "--to", "west", "--server", meta(both.west()));
            assertThat(resumed.code()).as(resumed.said()).isZero();
            assertThat(resumed.said()).contains("HOOKS_BEFORE_COMMIT: database done", "is DONE", "registered; before:");
            all.awaitWhole();
            all.assertNothingWasLost();
        }
    }

    private String hook(Path permit) {
        return "  failover:\n    hooks:\n      - name: database\n        at: before-commit\n"
                + "        act: 'test -e " + permit + " || { echo not permitted yet; exit 1; }'\n"
                + "        undo: 'echo $TWINSPAN_RUN >> " + folder.resolve("undone") + "'\n";
    }

    /** Both sides know of the first decision, and the resolvers of both answer by it. */
    private static boolean isFollowed(TwoDatacenters both) {
        String seen = seen(both);
        return seen.contains("west STANDBY, epoch 1/east, confirmed") && !seen.contains("\"datacenter\":\"west\"");
    }

    /** What an operator and a client see of both sides, without what grows by itself. */
    private static String seen(TwoDatacenters both) {
        List<String> seen = new ArrayList<>();
        for (NodeProcess node : List.of(both.east(), both.west())) {
            seen.add(get(node, NodePort.META_HTTP, "/federation/v1/status")
                    .path("line")
                    .asString());
            seen.add(
                    get(node, NodePort.META_HTTP, "/push/switch").path("tokens").toString());
            seen.add(get(node, NodePort.META_HTTP, "/policies").path("rules").toString());
            seen.add(get(node, NodePort.SESSION_HTTP, "/acvip/v1/domains/session.twinspan")
                    .path("endpoints")
                    .toString());
            seen.add(node.get(NodePort.SESSION_HTTP, "/api/servers/query").body());
            seen.add(node.get(NodePort.SESSION_HTTP, "/digest/data/count").body());
        }
        return String.join("\n", seen);
    }

    /** The run is at this step or, because it is quick, further; at the hook it is halted. */
    private static boolean hasCome(TwoDatacenters both, String step) {
        JsonNode run = run(both);
        int at = STEPS.indexOf(run.path("step").asString(""));
        boolean isHalted = run.path("state").asString().equals("HALTED");
        return at >= STEPS.indexOf(step) && (isHalted || at < STEPS.size() - 1);
    }

    private static JsonNode run(TwoDatacenters both) {
        return get(both.west(), NodePort.META_HTTP, "/failover/v1/status")
                .path("runs")
                .path(0);
    }

    private static JsonNode get(NodeProcess node, NodePort port, String path) {
        return JsonMapper.shared().readTree(node.get(port, path).body());
    }

    private static String meta(NodeProcess node) {
        return node.address(NodePort.META_HTTP);
    }

    private static void said(int code, String... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.said()).isEqualTo(code);
    }
}
