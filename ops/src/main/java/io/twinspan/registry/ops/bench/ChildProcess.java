package io.twinspan.registry.ops.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of the load tool in a process of its own. It says a number in one line once it is ready, and ends with its input. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final int number;

    private ChildProcess(Process process, int number) {
        this.process = process;
        this.number = number;
    }

    /**
     * Returns when it is ready.
     *
     * @param what it is, for people
     * @throws BenchException when it does not come up
     */
    static ChildProcess start(String what, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dsofa.middleware.log.disable=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("\\d{1,5}")) {
                    return new ChildProcess(process, Integer.parseInt(line));
                }
            }
            process.destroyForcibly();
            throw new BenchException(what + " has ended before it was ready", null);
        } catch (IOException failed) {
            throw new BenchException(what + " could not be started: " + failed.getMessage(), failed);
        }
    }

    /** What a child does when it is ready: says its number, and lives as long as somebody listens. */
    static void ready(int number) throws IOException {
        System.out.println(number);
        System.out.flush();
        while (System.in.read() >= 0) {
            // The end of the input is the end of the one who started us; what stands in it means nothing.
        }
        System.exit(0);
    }

    int number() {
        return number;
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does it, also when it has been stopped; returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
