package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
    @TempDir
    Path folder;

    @Test
    void nodeYamlHasTheShapeTheNodeReads() {
        String yaml = NodeYaml.text(Site.WEST, Site.EAST, new DemoHome(Path.of("/srv/my demo")));

        assertThat(yaml).endsWith("""
                        twinspan:
                          datacenter: west
                          roles: [meta, data, session]
                          home: "/srv/my demo/data/west"
                          logs: "/srv/my demo/logs/west"
                          bind: 127.0.0.1
                          advertise: 127.0.0.1
                          port-offset: 1000
                          kafka: 127.0.0.1:19092
                          meta: [127.0.0.1]
                          peers:
                            - datacenter: east
                              kafka: 127.0.0.1:19092
                              meta: ["127.0.0.1:9612"]
                          data:
                            warming-earliest: 3s
                            warming-quiet: 2s
                        """);
    }

    @Test
    void stateIsReadAsItWasWritten() {
        DemoStateFile file = new DemoStateFile(folder.resolve("deep/run.json"));
        DemoState state = stateOf(new RunningProcess("east", 42, 1_700_000_000_000L, "/x/console.log"));

        assertThat(file.load()).isEmpty();
        file.save(state);
        assertThat(file.load()).contains(state);
        file.save(state.stopping());
        assertThat(file.load()).get().matches(DemoState::isStopping);
        file.delete();
        assertThat(file.load()).isEmpty();
    }

    @Test
    void aStateThatCannotBeReadIsNamedAndNotGuessed() throws IOException {
        Path path = Files.writeString(folder.resolve("run.json"), "{\"version\":");

        assertThatThrownBy(() -> new DemoStateFile(path).load())
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void aProcessNumberThatIsUsedAgainIsNotOurProcess() {
        RunningProcess self = RunningProcess.of("east", ProcessHandle.current(), folder.resolve("log"));

        assertThat(self.isAlive()).isTrue();
        assertThat(new RunningProcess("east", self.pid(), self.startedMillis() - 60_000, "log").isAlive())
                .isFalse();
    }

    @Test
    void cleaningRefusesWhileSomethingRuns() throws IOException {
        DemoHome home = new DemoHome(folder);
        Files.writeString(home.versionFile(), "x");
        new DemoStateFile(home.stateFile()).save(stateOf(RunningProcess.of("east", ProcessHandle.current(), folder)));

        assertThatThrownBy(() -> new Demo(home, line -> {}).clean())
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("demo stop");
        assertThat(folder).isDirectoryContaining("glob:**version");
    }

    @Test
    void cleaningRefusesAFolderThatNoDemoMade() throws IOException {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "x");

        assertThatThrownBy(() -> new Demo(new DemoHome(folder), line -> {}).clean())
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("nothing was removed");
        assertThat(precious).exists();
    }

    @Test
    void cleaningRemovesTheFolderWithEverythingInIt() throws IOException {
        Path root = folder.resolve("demo");
        DemoHome home = new DemoHome(root);
        Files.createDirectories(home.data("east"));
        Files.writeString(home.data("east").resolve("x"), "x");
        Files.writeString(home.versionFile(), "x");

        assertThat(new Demo(home, line -> {}).clean()).isTrue();
        assertThat(root).doesNotExist();
        assertThat(new Demo(home, line -> {}).clean()).isFalse();
    }

    @Test
    void theEndOfALogIsItsLastLinesWithoutBlankOnes() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "a\nb\nc\n\n\n");

        assertThat(LogTail.lines(log, 2)).containsExactly("b", "c");
        assertThat(LogTail.lines(folder.resolve("none"), 2)).isEmpty();
    }

    private static DemoState stateOf(RunningProcess process) {
        return new DemoState("1", "2026-01-01T00:00:00Z", true, false, List.of(process));
    }
}
