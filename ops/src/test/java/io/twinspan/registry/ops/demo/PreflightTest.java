package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.host.MemoryReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    Path folder;

    private DemoHome home = new DemoHome(Path.of("unset"));
    private Preflight preflight = preflight(home, Path.of("unset"));

    @BeforeEach
    void inAFolder() {
        home = new DemoHome(folder.resolve("demo"));
        preflight = preflight(home, folder);
    }

    @Test
    void everyPortOfBothDatacentersAndTheBrokerIsWantedOnce() {
        Map<Endpoint, String> wanted = PortCheck.wanted(Layout.ONE);

        assertThat(wanted).hasSize(1 + 2 * 14);
        assertThat(wanted)
                .containsEntry(Endpoint.parse("127.0.0.1:9600"), "east's session-client")
                .containsEntry(Endpoint.parse("127.0.0.1:10615"), "west's meta-http")
                .containsEntry(Layout.KAFKA, "the Kafka broker");
        assertThat(PortCheck.wanted(Layout.THREE)).hasSize(1 + 2 * 3 * 14);
        assertThat(PortCheck.wanted(Layout.SEPARATE))
                .as("five ports of each of three metas, four of each of three data nodes, five of each of two sessions")
                .hasSize(1 + 2 * (3 * 5 + 3 * 4 + 2 * 5))
                .containsEntry(Endpoint.parse("127.0.2.3:9622"), "west-data-3's data-http");
    }

    @Test
    void aPortInUseIsNamedWithWhatWantsItAndWhoHasIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> problems = new PortCheck(Demo.PROC)
                    .inUse(Map.of(new Endpoint("127.0.0.1", taken.getLocalPort()), "east's meta-http"));

            assertThat(problems).hasSize(1);
            assertThat(problems.get(0))
                    .contains("port " + taken.getLocalPort() + " on 127.0.0.1 (east's meta-http) is in use by")
                    .contains(
                            Files.exists(Demo.PROC)
                                    ? "pid " + ProcessHandle.current().pid()
                                    : "cannot be seen");
        }
    }

    @Test
    void tooLittleMemoryIsToldWithBothNumbersAndUnknownMemoryIsNoReason() throws IOException {
        assertThat(preflight.tooLittleMemory(new MemoryReading(folder))).isEmpty();

        Files.writeString(folder.resolve("meminfo"), "MemAvailable:   512000 kB\n");
        assertThat(preflight.tooLittleMemory(new MemoryReading(folder)))
                .get()
                .asString()
                .contains("500 MiB")
                .contains("1200 MiB");
    }

    @Test
    void anAddressThatThisMachineDoesNotHaveIsToldWithWhatToDo() {
        List<String> missing = PortCheck.missingHosts(Stream.of("127.0.0.1", "192.0.2.1"));

        assertThat(missing).containsExactly("192.0.2.1");
        assertThat(preflight.missingHosts(missing))
                .get()
                .asString()
                .contains("cannot listen on 192.0.2.1")
                .contains("127.0.0.1");
        assertThat(preflight.missingHosts(List.of())).isEmpty();
    }

    @Test
    void dataOfAnotherLayoutAreNotTouched() throws IOException {
        assertThat(preflight.otherLayout()).isEmpty();
        Files.createDirectories(home.data("east"));
        assertThat(preflight.otherLayout())
                .as("data from before there were layouts")
                .isEmpty();
        Files.writeString(home.layoutFile(), "three\n");
        assertThat(preflight.otherLayout())
                .get()
                .asString()
                .contains("layout 'three'")
                .contains("demo clean --home " + home.root());
    }

    @Test
    void dataOfAnotherVersionAreNotTouched() throws IOException {
        assertThat(preflight.otherVersion()).isEmpty();
        Files.createDirectories(home.data("east"));
        assertThat(preflight.otherVersion()).get().asString().contains("an unknown version");
        Files.writeString(home.versionFile(), "twinspan 0.0.1 data 0\n");
        assertThat(preflight.otherVersion())
                .get()
                .asString()
                .contains("twinspan 0.0.1 data 0")
                .contains("demo clean --home " + home.root());
        Files.writeString(home.versionFile(), Preflight.versionText("1.0") + "\n");
        assertThat(preflight.otherVersion()).isEmpty();
    }

    @Test
    void whatIsNotBuiltIsNamed() throws IOException {
        assertThat(preflight.missingJars()).get().asString().contains("datacenter-node.jar", "ops.jar");
        for (String jar : List.of("datacenter-node/target/datacenter-node.jar", "ops/target/ops.jar")) {
            Files.createDirectories(folder.resolve(jar).getParent());
            Files.createFile(folder.resolve(jar));
        }
        assertThat(preflight.missingJars()).isEmpty();
    }

    @Test
    void aRunningDemoIsTheOnlyThingTold() {
        RunningProcess self = RunningProcess.of("east", ProcessHandle.current(), folder);
        new DemoStateFile(home.stateFile()).save(new DemoState("1.0", "now", Layout.ONE, true, false, List.of(self)));

        assertThat(preflight.problems()).hasSize(1);
        assertThat(preflight.problems().get(0)).contains("already running").contains("east pid " + self.pid());
    }

    private static Preflight preflight(DemoHome home, Path root) {
        return new Preflight(home, new Installation(root, Path.of("java"), "1.0", "twinspan"), Layout.ONE, root);
    }
}
