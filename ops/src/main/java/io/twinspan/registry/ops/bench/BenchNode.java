package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.demo.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node that the load tool may kill; its ports are those of its datacenter, whichever roles it has. */
final class BenchNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ENDING = Duration.ofSeconds(60);
    private static final Pattern SETTLED = Pattern.compile("dataSlotsSettled:(\\d+)");
    private static final Pattern COUNT = Pattern.compile("Publisher count: (\\d+)");
    private static final int OK = 200;

    private final Process process;
    private final int portOffset;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private BenchNode(Process process, int portOffset) {
        this.process = process;
        this.portOffset = portOffset;
    }

    /** @throws BenchException when it cannot be started */
    static BenchNode start(Installation installation, NodeOrder order) {
        Path folder = order.folder();
        Path yaml = folder.resolve("node.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(yaml, yaml(order), StandardCharsets.UTF_8);
            List<String> command = new ArrayList<>(List.of(installation.java().toString()));
            command.addAll(order.jvm());
            command.addAll(List.of(
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dsofa.middleware.log.disable=true",
                    "-jar",
                    installation.nodeJar().toString(),
                    "--spring.config.additional-location=file:" + yaml.toAbsolutePath()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output.log").toFile()))
                    .start();
            return new BenchNode(process, order.portOffset());
        } catch (IOException failed) {
            throw new BenchException("the node could not be started: " + failed.getMessage(), failed);
        }
    }

    private static String yaml(NodeOrder order) {
        String folder = order.folder().toAbsolutePath().toString();
        List<String> lines = new ArrayList<>(List.of(
                "# Written by 'twinspan bench'.",
                "twinspan:",
                "  datacenter: " + order.datacenter(),
                "  roles: [" + order.roles() + "]",
                "  home: \"" + folder + "/data\"",
                "  logs: \"" + folder + "/logs\"",
                "  port-offset: " + order.portOffset()));
        lines.addAll(order.further());
        return String.join("\n", lines) + "\n";
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Endpoint endpoint(NodePort port) {
        return new Endpoint("127.0.0.1", port.defaultNumber() + portOffset);
    }

    /** True when session and data say that they are well. */
    boolean isHealthy() {
        return !get(NodePort.SESSION_HTTP, "/health/check").isEmpty()
                && !get(NodePort.DATA_HTTP, "/health/check").isEmpty();
    }

    /** Slots whose content is the truth; empty when nobody answers. */
    OptionalInt settledSlots() {
        return number(SETTLED, get(NodePort.DATA_HTTP, "/health/check"));
    }

    /** Publishers that the data role counts; empty when nobody answers. */
    OptionalInt publishers() {
        return number(COUNT, get(NodePort.DATA_HTTP, "/digest/datum/count"));
    }

    /** As {@code kill -9} does it; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ENDING.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static OptionalInt number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** The body of a good answer; empty otherwise. */
    String get(NodePort port, String path) {
        return get(port, path, PATIENCE);
    }

    /** The same, waited for so long. */
    String get(NodePort port, String path, Duration patience) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + endpoint(port) + path))
                            .timeout(patience)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? answer.body() : "";
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }
}
