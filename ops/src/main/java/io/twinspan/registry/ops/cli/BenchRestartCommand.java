package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.RestartBench;
import io.twinspan.registry.ops.bench.RestartLoad;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a restart. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a node of its own, registers publishers, kills it (-9) and starts it again: how long until it is readable",
            "(healthy, and a subscriber is shown a list) and until its slots have settled, when no publisher comes back."
        })
final class BenchRestartCommand implements Callable<Integer> {
    private static final int PUBLISHERS = 1_000_000;

    private final Surroundings surroundings;

    @Mixin
    private FillOptions fill = new FillOptions();

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "256",
            description = "length of a published value; default ${DEFAULT-VALUE}")
    private int bytes;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "heap of the node, as in -Xmx; default ${DEFAULT-VALUE}")
    private String heap = "2g";

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "2000",
            description = "added to every default port of the node; default ${DEFAULT-VALUE}")
    private int portOffset;

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "an empty or new folder for the node's files; it is not removed")
    private Path folder = Path.of("");

    BenchRestartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        RestartLoad load = new RestartLoad(fill.load(PUBLISHERS, bytes), heap, portOffset, folder);
        RestartBench bench = new RestartBench(
                surroundings.installation(),
                surroundings.clock(),
                line -> surroundings.err().println(line));
        RestartBench.Report report = bench.run(load);
        report.lines().forEach(surroundings::say);
        return report.isClean() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
