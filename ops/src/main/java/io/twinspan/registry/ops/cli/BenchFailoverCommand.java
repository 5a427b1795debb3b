package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.FailoverBench;
import io.twinspan.registry.ops.bench.FailoverLoad;
import io.twinspan.registry.ops.bench.FailoverRow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures failovers under many clients. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Starts two datacenters of its own, with a session, a broker and a node for the rest each, and clients in the east"
                    + " that behave as",
            "official ones do and record every list they show; moves them to the west, and measures how long that takes and"
                    + " what it costs them.",
            "Exit code 1 when a figure is missed."
        })
final class BenchFailoverCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--folder",
            required = true,
            paramLabel = "FOLDER",
            description = "an empty or new folder for what is started; it is not removed")
    private Path folder = Path.of("");

    @Option(
            names = "--only",
            paramLabel = "ROW",
            split = ",",
            description = "only these of ${COMPLETION-CANDIDATES}, separated by commas")
    private List<FailoverRow> only = List.of(FailoverRow.values());

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "2000",
            description = "on a connection each; default ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--publishers",
            paramLabel = "N",
            defaultValue = "25",
            description = "of each client, ten a service; default ${DEFAULT-VALUE}")
    private int publishers;

    @Option(
            names = "--subscriptions",
            paramLabel = "N",
            defaultValue = "5",
            description = "of each client; default ${DEFAULT-VALUE}")
    private int subscriptions;

    @Option(
            names = "--agents",
            paramLabel = "N",
            defaultValue = "4",
            description = "among which the clients are divided in rows of agents; default ${DEFAULT-VALUE}")
    private int agents;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "moves in the rows PLANNED and PLANNED_AGENT, there and back in turn, of which the last counts; the"
                            + " first finds nodes that have just started; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "of each node, as in -Xmx; default ${DEFAULT-VALUE}")
    private String heap = "1g";

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "2000",
            description = "added to the default ports of the east; the west has 100 more, agents begin at 9800; default"
                    + " ${DEFAULT-VALUE}")
    private int portOffset;

    BenchFailoverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        FailoverLoad.Crowd crowd = new FailoverLoad.Crowd(clients, publishers, subscriptions);
        boolean isReached = new FailoverBench(
                        surroundings.installation(),
                        surroundings.clock(),
                        line -> surroundings.err().println(line))
                .run(
                        new FailoverLoad(folder, heap, portOffset, crowd, agents, rounds),
                        only,
                        figure -> figure.lines().forEach(surroundings::say));
        surroundings.say(BenchMachine.line());
        return isReached ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
