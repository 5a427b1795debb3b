package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.demo.AgentLine;
import io.twinspan.registry.ops.demo.Installation;
import io.twinspan.registry.ops.host.ProcessUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Measures an agent of its own, fed by the least that a server can be. */
public final class ResolverBench {
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(40);
    private static final int WARM_UP = 5_000;
    private static final double MOST_ANSWER_MILLIS = 1;
    private static final double MOST_SEEN_MILLIS = 200;
    private static final double MOST_MEBIBYTES = 100;
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;
    private static final String HOST = "127.0.0.1";

    private final Installation installation;

    /** Of an installation whose agent is measured. */
    public ResolverBench(Installation installation) {
        this.installation = installation;
    }

    /**
     * The figures.
     *
     * @throws BenchException when the agent does not come up, or falls silent
     */
    public List<SyncFigure> run(ResolverLoad load) {
        try (ResolverFeeder feeder = new ResolverFeeder()) {
            List<String> command = AgentLine.command(
                    installation,
                    List.of(
                            "--server", feeder.address(),
                            "--listen", HOST + ":" + load.port(),
                            "--folder", load.folder().toString()));
            if (command.isEmpty()) {
                throw new BenchException("the agent is not built; start through ops/bin/twinspan", null);
            }
            Process agent = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return measure(load, feeder, agent);
            } finally {
                agent.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new BenchException("the agent could not be measured: " + failed.getMessage(), failed);
        }
    }

    private static List<SyncFigure> measure(ResolverLoad load, ResolverFeeder feeder, Process agent)
            throws IOException {
        Waiting.until(START, LOOK, "the agent does not answer", () -> isAnswering(load.port()));
        SyncFigure answers = answers(load, feeder);
        SyncFigure seen = seen(load, feeder);
        double resident =
                new ProcessUsage(Path.of("/proc")).residentBytes(agent.pid()).orElse(0L) / 1_048_576.0;
        return List.of(
                answers,
                seen,
                new SyncFigure(
                        "resident memory of the agent after that",
                        String.format(Locale.ROOT, "%.0f MiB", resident),
                        "at most 100 MB",
                        resident > 0 && resident <= MOST_MEBIBYTES,
                        List.of("as 'ps -o rss= -p " + agent.pid() + "' told it")));
    }

    private static SyncFigure answers(ResolverLoad load, ResolverFeeder feeder) throws IOException {
        LatencyHistogram bare = asked(load, feeder.port(), ResolverFeeder.BARE);
        LatencyHistogram own = asked(load, load.port(), "/acvip/v1/domains/" + ResolverFeeder.DOMAIN);
        return figure(
                "answer of the agent from memory over HTTP, " + load.requests() + " one after the other",
                own,
                MOST_ANSWER_MILLIS,
                "beside it, a constant of the same length from the JDK's server: " + text(bare));
    }

    private static LatencyHistogram asked(ResolverLoad load, int port, String path) throws IOException {
        LatencyHistogram latencies = new LatencyHistogram();
        try (KeptConnection connection = new KeptConnection(HOST, port)) {
            for (int i = 0; i < WARM_UP; i++) {
                connection.get(path);
            }
            for (int i = 0; i < load.requests(); i++) {
                long asked = System.nanoTime();
                connection.get(path);
                latencies.record(System.nanoTime() - asked);
            }
        }
        return latencies;
    }

    private static SyncFigure seen(ResolverLoad load, ResolverFeeder feeder) throws IOException {
        LatencyHistogram latencies = new LatencyHistogram();
        try (KeptConnection connection = new KeptConnection(HOST, load.port())) {
            String checksum = "v1";
            for (int i = 0; i < load.changes(); i++) {
                String body =
                        "{\"timeoutSeconds\":60,\"domains\":{\"" + ResolverFeeder.DOMAIN + "\":\"" + checksum + "\"}}";
                CompletableFuture<Long> told = CompletableFuture.supplyAsync(() -> poll(connection, body));
                Waiting.pause(BETWEEN_CHANGES);
                long changed = System.nanoTime();
                checksum = "v" + feeder.change();
                latencies.record(told.join() - changed);
            }
        }
        return figure(
                "a change, from the server to who waits at the agent, " + load.changes() + " changes",
                latencies,
                MOST_SEEN_MILLIS,
                "each while a long poll waits at the agent, and one of the agent at the server");
    }

    private static long poll(KeptConnection connection, String body) {
        try {
            connection.post("/acvip/v1/poll", body);
            return System.nanoTime();
        } catch (IOException failed) {
            throw new BenchException("the agent's long poll failed", failed);
        }
    }

    private static SyncFigure figure(String what, LatencyHistogram latencies, double most, String note) {
        double tail = latencies.percentile(TAIL) / 1e6;
        return new SyncFigure(
                what,
                text(latencies),
                String.format(Locale.ROOT, "p99 at most %.0f ms", most),
                tail <= most,
                List.of(note));
    }

    private static String text(LatencyHistogram latencies) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms",
                latencies.percentile(MEDIAN) / 1e6,
                latencies.percentile(TAIL) / 1e6);
    }

    private static boolean isAnswering(int port) {
        try (KeptConnection connection = new KeptConnection(HOST, port)) {
            return connection.get("/acvip/v1/domains/" + ResolverFeeder.DOMAIN).contains("FRESH");
        } catch (IOException notYet) {
            return false;
        }
    }
}
