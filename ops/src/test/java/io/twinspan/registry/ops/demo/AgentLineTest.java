package io.twinspan.registry.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLineTest {
    @TempDir
    Path root;

    @Test
    void theScriptStartsAnAgentWithTheSameFlags() throws IOException {
        String script = Files.readString(Path.of("bin", "twinspan"));
        assertThat(AgentLine.FLAGS).allSatisfy(flag -> assertThat(script).contains(flag));
        assertThat(script).contains("io.twinspan.registry.acvip.agent.AgentProcess");
    }

    @Test
    void onlyTheJarsOfAnAgentAreOnItsPath() throws IOException {
        Path libraries = Files.createDirectories(root.resolve("datacenter-node/target/lib"));
        for (String jar : List.of(
                "acvip-resolver-1.2.jar",
                "registry-core-1.2.jar",
                "registry-core-6.3.0.jar",
                "netty-common-4.2.17.Final.jar",
                "netty-codec-dns-4.2.17.Final.jar",
                "netty-transport-native-epoll-4.2.17.Final-linux-x86_64.jar",
                "rocksdbjni-11.jar")) {
            Files.createFile(libraries.resolve(jar));
        }
        List<String> command = AgentLine.command(installation(), List.of("--server", "a:1"));
        String path = command.get(command.indexOf("-cp") + 1);
        assertThat(path.split(File.pathSeparator))
                .extracting(jar -> Path.of(jar).getFileName().toString())
                .containsExactly(
                        "acvip-resolver-1.2.jar",
                        "netty-codec-dns-4.2.17.Final.jar",
                        "netty-common-4.2.17.Final.jar",
                        "registry-core-1.2.jar");
        assertThat(command).endsWith("--server", "a:1");
    }

    @Test
    void whatIsNotBuiltIsNotStarted() {
        assertThat(AgentLine.command(installation(), List.of())).isEmpty();
    }

    private Installation installation() {
        return new Installation(root, Path.of("java"), "1.2", "twinspan");
    }
}
