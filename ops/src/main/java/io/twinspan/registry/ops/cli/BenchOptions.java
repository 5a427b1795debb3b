package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.Bench;
import io.twinspan.registry.ops.bench.BenchReport;
import java.util.List;
import picocli.CommandLine.Option;

/** What all measurements share. */
final class BenchOptions {
    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "rounds of each, alternating; default 3")
    private int rounds;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "256",
            description = "length of a published value; default 256")
    private int bytes;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description =
                    "a process of the server, whose CPU is counted; may be repeated; default: who listens on its port")
    private List<Long> pids = List.of();

    int bytes() {
        return bytes;
    }

    Bench bench(Surroundings surroundings) {
        return new Bench(
                rounds, pids, surroundings.clock(), line -> surroundings.err().println(line));
    }

    int print(Surroundings surroundings, BenchReport report) {
        report.lines().forEach(surroundings::say);
        return report.isClean() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
