package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.ops.demo.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinspanTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryCommandAndExitCode() {
        assertThat(run("--help")).isEqualTo(ExitCodes.OK);
        assertThat(out())
                .contains("demo", "node", "publish", "get", "watch", "session", "slots", "meta", "quarantine", "bench")
                .contains("policy", "push", "clients", "config", "sync", "rolling-restart")
                .contains("simulate", "Exit codes", "130");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "publish",
                "publish svc",
                "get",
                "get svc --server nowhere",
                "get svc --scope planet",
                "node",
                "demo --port 3",
                "quarantine",
                "quarantine release",
                "quarantine confirm --all --service pay",
                "quarantine release --service",
                "quarantine list -o xml",
                "demo --layout four",
                "demo start",
                "demo restart",
                "rolling-restart",
                "rolling-restart --dc east --groups -1",
                "rolling-restart --dc east --recount",
                "rolling-restart --dc east --plan --healthy-within soon",
                "demo start east --all",
                "clients",
                "clients off",
                "clients on --reason x 10.0.0.7",
                "bench",
                "session",
                "session drain",
                "session drain nowhere",
                "bench push --client cobol",
                "bench publish --rounds 0",
                "bench publish --connections 0",
                "bench churn --subscribers 0",
                "bench heap --publishers -1",
                "bench restart",
                "bench restart --folder x --heap lots",
                "slots move",
                "slots move x d1",
                "slots evacuate",
                "node remove",
                "meta",
                "meta backup",
                "meta rebuild",
                "sync",
                "sync hold",
                "sync hold release",
                "sync lag --top none",
                "sync lag --top 0",
                "sync status -o xml",
                "sync withdraw",
                "policy",
                "policy set",
                "policy set --fetch eager",
                "push",
                "push close --for soon",
                "push close --for -5m",
                "push status -o xml",
                "policy set --push maybe",
                "policy set --view mine",
                "policy remove --peer",
                "config",
                "config put",
                "config put rule",
                "config put rule x --file y",
                "config put rule x --as-version none",
                "config rollback rule",
                "config history",
                "simulate --seeds 0",
                "simulate --climate tropical",
                "simulate --climate",
                "simulate --climate federation --seed 3",
                "simulate --climate federation --table",
                "simulate --climate storm --planted",
                "simulate --seed one"
            })
    void whatIsNotUnderstoodIsUsage(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get svc",
                "watch svc",
                "publish svc addr",
                "bench push",
                "bench publish",
                "quarantine list",
                "quarantine release --all",
                "slots",
                "slots pause",
                "sync status",
                "sync verify --deep",
                "sync lag",
                "sync hold list",
                "sync withdraw --peer west",
                "node remove d1",
                "meta restore pom.xml",
                "bench churn",
                "bench heap"
            })
    void aServerThatDoesNotAnswerIsNamed(String line) throws IOException {
        String server;
        try (ServerSocket socket = new ServerSocket(0)) {
            server = "127.0.0.1:" + socket.getLocalPort();
        }

        assertThat(run((line + " --server " + server).split(" "))).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(err()).contains(server).contains("--server HOST:HTTP_PORT");
    }

    @Test
    void aSessionThatDoesNotAnswerIsNamed() throws IOException {
        String node;
        try (ServerSocket socket = new ServerSocket(0)) {
            node = "127.0.0.1:" + socket.getLocalPort();
        }

        assertThat(run("session", "drain", node)).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(err()).contains(node);
    }

    @Test
    void aDemoThatDoesNotRunIsNothingThere() {
        String home = folder.toString();

        assertThat(run("demo", "status", "--home", home)).isEqualTo(ExitCodes.NOTHING_THERE);
        assertThat(run("demo", "stop", "--home", home)).isEqualTo(ExitCodes.NOTHING_THERE);
        assertThat(run("demo", "start", "east", "--home", home)).isEqualTo(ExitCodes.NOTHING_THERE);
        assertThat(err()).contains("no demo is running in " + home);
    }

    @Test
    void statusAsJsonHasItsFieldsAlsoWhenNothingRuns() {
        assertThat(run("demo", "status", "-o", "json", "--home", folder.toString()))
                .isEqualTo(ExitCodes.NOTHING_THERE);
        assertThat(out()).contains("\"isRunning\" : false", "\"isHealthy\" : false", "\"processes\" : [ ]");
    }

    @Test
    void aDemoThatIsNotBuiltIsRefusedBeforeAnythingStarts() {
        assertThat(run("demo", "--home", folder.resolve("home").toString())).isEqualTo(ExitCodes.REFUSED);
        assertThat(err()).contains("not built");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void aBackupNeverOverwritesAndARestoreNeedsItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "old");
        assertThat(run("meta", "backup", file.toString())).isEqualTo(ExitCodes.REFUSED);
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(run("meta", "restore", folder.resolve("none").toString())).isEqualTo(ExitCodes.REFUSED);
        assertThat(err()).contains("exists already").contains("not a file that can be read");
    }

    @Test
    void aConfigurationThatIsNotThereIsRefused() {
        assertThat(run("node", "--config", folder.resolve("none.yaml").toString()))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(err()).contains("none.yaml");
    }

    private int run(String... args) {
        Surroundings surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.system(),
                new Installation(folder, Path.of("java"), "1.0", "twinspan"),
                folder.toString());
        return Twinspan.execute(surroundings, args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
