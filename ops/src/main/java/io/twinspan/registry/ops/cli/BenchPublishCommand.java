package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.bench.Bench;
import io.twinspan.registry.ops.bench.PublishLoad;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures registrations. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Registrations a second, from sent to acknowledged, against a bare Bolt echo of the same messages.",
            "Registers 100 000 publishers unless told otherwise, and says how long after the last acknowledgement a subscriber"
                    + " is shown the last."
        })
final class BenchPublishCommand implements Callable<Integer> {
    private static final int PUBLISHERS = 100_000;

    private final Surroundings surroundings;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = ServerOption.EAST,
            converter = ServerOption.EndpointConverter.class,
            description = "HTTP port of a session; default ${DEFAULT-VALUE}")
    private Endpoint server = Endpoint.parse(ServerOption.EAST);

    @Mixin
    private FillOptions fill = new FillOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "go round a hundred services for each registration in flight for so long, instead")
    private int seconds;

    BenchPublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Bench bench = options.bench(surroundings);
        return options.print(
                surroundings,
                seconds == 0
                        ? bench.fill(server, fill.load(PUBLISHERS, options.bytes()))
                        : bench.publish(
                                server,
                                new PublishLoad(fill.connections(), fill.inFlight(), seconds, options.bytes())));
    }
}
