package io.twinspan.registry.ops.rolling;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Restarts a node by an operator's command, run by the shell. What the commands write is kept in a file. */
final class ShellRestarts implements RollingPorts.Restarts {
    /** What a name may consist of, because it becomes part of a command line. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]*");

    private static final int LAST_WORDS = 5;

    private record Running(RollingNode node, Process process, Path output) {}

    private final Duration within;
    private final Path log;

    /**
     * @param within how long a command may take
     * @param log what the commands write is added to it
     */
    ShellRestarts(Duration within, Path log) {
        this.within = within;
        this.log = log;
    }

    /**
     * The command for one node: {@code {node}} is its name, {@code {host}} its host, {@code {address}} host and HTTP port.
     *
     * @throws IllegalArgumentException when the command names no node, or the name could mean something to the shell
     */
    static String command(String template, RollingNode node) {
        if (!template.contains("{node}") && !template.contains("{host}") && !template.contains("{address}")) {
            throw new IllegalArgumentException("--with '" + template
                    + "' names no node: write {node} where its name belongs, or {host}, or {address} for host:port");
        }
        for (String word : List.of(node.name(), node.address().host())) {
            if (!NAME.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        "'" + word + "' cannot be part of a command; give another by --name");
            }
        }
        return template.replace("{node}", node.name())
                .replace("{host}", node.address().host())
                .replace("{address}", node.address().toString());
    }

    @Override
    public List<String> restart(List<RollingNode> together, String command) {
        List<Running> running = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (RollingNode node : together) {
            try {
                Path output = Files.createTempFile(log.toAbsolutePath().getParent(), "rolling-", ".out");
                Process process = new ProcessBuilder("sh", "-c", command(command, node))
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                running.add(new Running(node, process, output));
            } catch (IOException failed) {
                failures.add("the command for " + node.name() + " could not be started: " + failed.getMessage());
            }
        }
        long deadline = System.nanoTime() + within.toNanos();
        for (Running each : running) {
            String failure = ended(each.process(), deadline);
            String words = keep(each.node(), each.output());
            if (!failure.isEmpty()) {
                failures.add("the command for " + each.node().described() + " " + failure
                        + (words.isEmpty() ? "" : "; it said: " + words));
            }
        }
        return failures;
    }

    private String ended(Process process, long deadline) {
        try {
            if (process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return process.exitValue() == 0 ? "" : "ended with " + process.exitValue();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return "did not end within " + within.toSeconds() + " s and was killed";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "was not waited for, we were interrupted";
        }
    }

    /** Moves what a command said to the log; returns its last words. */
    private String keep(RollingNode node, Path output) {
        try {
            String all = Files.readString(output, StandardCharsets.UTF_8);
            Files.writeString(
                    log,
                    "--- " + node.described() + "\n" + all + (all.endsWith("\n") || all.isEmpty() ? "" : "\n"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Files.delete(output);
            List<String> kept = all.lines().filter(line -> !line.isBlank()).toList();
            return String.join(" | ", kept.subList(Math.max(0, kept.size() - LAST_WORDS), kept.size()));
        } catch (IOException unreadable) {
            return "(what it said is in " + output + " and could not be kept: " + unreadable.getMessage() + ")";
        }
    }
}
