package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.SwitchBench;
import io.twinspan.registry.ops.bench.SwitchLoad;
import io.twinspan.registry.ops.bench.SyncFigure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the push switch. */
@Command(
        name = "switch",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a node of its own, closes push under many subscribers, changes each of their services twice and opens push"
                    + " again.",
            "Measures how soon pushes cease, what each is shown after opening, and how soon. Exit code 1 when a figure is"
                    + " missed."
        })
final class BenchSwitchCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "an empty or new folder for the node; it is not removed")
    private Path folder = Path.of("");

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "10000",
            description = "each of every service; default ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(
            names = "--services",
            paramLabel = "N",
            defaultValue = "20",
            description = "each with one publisher; default ${DEFAULT-VALUE}")
    private int services;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "10000",
            description = "among which the subscribers are divided; default ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "of the node, as in -Xmx; default ${DEFAULT-VALUE}")
    private String heap = "1g";

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "2000",
            description = "added to the default ports of the node; default ${DEFAULT-VALUE}")
    private int portOffset;

    BenchSwitchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        SwitchLoad load = new SwitchLoad(folder, heap, portOffset, subscribers, services, connections);
        List<SyncFigure> figures = new SwitchBench(
                        surroundings.installation(),
                        surroundings.clock(),
                        line -> surroundings.err().println(line))
                .run(load);
        figures.stream().flatMap(figure -> figure.lines().stream()).forEach(surroundings::say);
        surroundings.say(BenchMachine.line());
        return figures.stream().allMatch(SyncFigure::isReached) ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
