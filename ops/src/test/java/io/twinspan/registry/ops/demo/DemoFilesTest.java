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
        String yaml = yaml(Layout.ONE, "west");

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
    void aNodeOfSeveralKnowsAllMetasAndHasAnAddressOfItsOwn() {
        assertThat(yaml(Layout.THREE, "west-2"))
                .contains("  roles: [meta, data, session]\n")
                .contains("  bind: 127.0.2.2\n  advertise: 127.0.2.2\n  port-offset: 0\n")
                .contains("  meta: [127.0.2.1, 127.0.2.2, 127.0.2.3]\n")
                .contains("      meta: [\"127.0.1.1:9612\", \"127.0.1.2:9612\", \"127.0.1.3:9612\"]\n");
        assertThat(yaml(Layout.SEPARATE, "west-session-2"))
                .contains("  roles: [session]\n")
                .contains("  bind: 127.0.2.2\n")
                .contains("  meta: [127.0.2.1, 127.0.2.2, 127.0.2.3]\n");
    }

    @Test
    void eachLayoutHasTheNodesItPromises() {
        assertThat(Layout.ONE.processes()).containsExactly("kafka", "east", "west");
        assertThat(Layout.THREE.processes())
                .containsExactly("kafka", "east-1", "east-2", "east-3", "west-1", "west-2", "west-3");
        assertThat(Layout.SEPARATE.processes()).hasSize(17).contains("east-meta-3", "west-data-3", "east-session-2");
    }

    @Test
    void aProcessThatEndsIsToldOnceAndSoIsItsReturn() {
        RunningProcess gone = new RunningProcess("east-1", 1, 1, "/x/console.log");
        RunningProcess back = RunningProcess.of("east-1", ProcessHandle.current(), folder);
        ProcessNews news = new ProcessNews(List.of(gone), "tw demo start", " --home /x");

        assertThat(news.since(List.of(gone))).hasSize(1).first().asString().contains("tw demo start east-1 --home /x");
        assertThat(news.since(List.of(gone))).isEmpty();
        assertThat(news.since(List.of(back))).containsExactly("  east-1 was started again, pid " + back.pid());
        assertThat(news.since(List.of(back))).isEmpty();
    }

    @Test
    void onlyWhatHasEndedIsStartedAgain() {
        Installation installation = new Installation(folder, Path.of("java"), "1", "tw");
        DemoRestart restart = new DemoRestart(new DemoHome(folder), installation, line -> {});
        assertThat(restart.isThere()).isFalse();
        new DemoStateFile(new DemoHome(folder).stateFile())
                .save(stateOf(RunningProcess.of("east", ProcessHandle.current(), folder)));

        assertThat(restart.ended()).isEmpty();
        assertThatThrownBy(() -> restart.start(List.of("east")))
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining(
                        "is running, pid " + ProcessHandle.current().pid());
        assertThatThrownBy(() -> restart.start(List.of("south")))
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("no process 'south'; it has east");
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
        RunningProcess again = new RunningProcess("east", 43, 0, "/x/console.log");
        assertThat(state.with(again).processes()).containsExactly(again);
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

    private static String yaml(Layout layout, String name) {
        DemoNode node = layout.find(name).orElseThrow();
        return NodeYaml.text(node, layout.west(), layout.east(), new DemoHome(Path.of("/srv/my demo")));
    }

    private static DemoState stateOf(RunningProcess process) {
        return new DemoState("1", "2026-01-01T00:00:00Z", Layout.ONE, true, false, List.of(process));
    }
}
