package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link BareServer} in a process of its own, so that its processor time can be told from the load's. */
final class BareProcess implements AutoCloseable {
    private final Process process;
    private final Endpoint endpoint;

    private BareProcess(Process process, Endpoint endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** @throws BenchException when it does not come up */
    static BareProcess start(boolean isRegistry) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dsofa.middleware.log.disable=true",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                isRegistry ? "registry" : "echo");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("\\d{1,5}")) {
                    return new BareProcess(process, new Endpoint("127.0.0.1", Integer.parseInt(line)));
                }
            }
            process.destroyForcibly();
            throw new BenchException("the bare server has ended before it said its port", null);
        } catch (IOException failed) {
            throw new BenchException("the bare server could not be started: " + failed.getMessage(), failed);
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
