package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.ResolverBench;
import io.twinspan.registry.ops.bench.ResolverLoad;
import io.twinspan.registry.ops.bench.SyncFigure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the resolver's agent. */
@Command(
        name = "resolver",
        mixinStandardHelpOptions = true,
        description = {
            "Starts an agent of its own, fed by the least that a resolver's server can be, and measures its answers"
                    + " from memory,",
            "how soon who waits at it hears of a change, and its memory. Exit code 1 when a figure is missed."
        })
final class BenchResolverCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "50000",
            description = "questions, one after the other; default ${DEFAULT-VALUE}")
    private int requests;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "500",
            description = "changes of the domain; default ${DEFAULT-VALUE}")
    private int changes;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "11663",
            description = "where the agent answers; default ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "an empty or new folder for the agent's files; it is not removed")
    private Path folder = Path.of("");

    BenchResolverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<SyncFigure> figures =
                new ResolverBench(surroundings.installation()).run(new ResolverLoad(requests, changes, port, folder));
        figures.stream().flatMap(figure -> figure.lines().stream()).forEach(surroundings::say);
        surroundings.say(BenchMachine.line());
        return figures.stream().allMatch(SyncFigure::isReached) ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
