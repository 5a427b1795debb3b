package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.demo.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a process of its own, for one datacenter and, behind the link, for the other. */
final class BenchBroker {
    private static final String BROKER_CLASS = "io.twinspan.registry.ops.broker.EmbeddedBroker";

    /**
     * Where it is found.
     *
     * @param port for its own datacenter
     * @param farPort for the other, through a relay
     * @param relay the relay's port
     */
    record Ports(int port, int farPort, int relay) {}

    private final Process process;

    private BenchBroker(Process process) {
        this.process = process;
    }

    /**
     * Returns at once; clients try until it takes requests.
     *
     * @throws BenchException when it cannot be started
     */
    static BenchBroker start(Installation installation, Path folder, Ports ports) {
        try {
            Files.createDirectories(folder);
            return new BenchBroker(new ProcessBuilder(List.of(
                            installation.java().toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            installation.opsJar().toString(),
                            BROKER_CLASS,
                            "--folder",
                            folder.resolve("store").toString(),
                            "--port",
                            Integer.toString(ports.port()),
                            "--behind",
                            ports.farPort() + "=" + ports.relay()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output.log").toFile()))
                    .start());
        } catch (IOException failed) {
            throw new BenchException("the broker could not be started: " + failed.getMessage(), failed);
        }
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does it; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }
}
