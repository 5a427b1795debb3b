package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.bench.PublishLoad;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures registrations. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description =
                "Registrations a second, from sent to acknowledged, against a bare Bolt echo of the same messages.")
final class BenchPublishCommand implements Callable<Integer> {
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

    @Option(names = "--connections", paramLabel = "N", defaultValue = "8", description = "connections; default 8")
    private int connections;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "8",
            description = "registrations waiting for an answer on each connection; default 8")
    private int inFlight;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "length of a round; default 5")
    private int seconds;

    BenchPublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PublishLoad load = new PublishLoad(connections, inFlight, seconds, options.bytes());
        return options.print(surroundings, options.bench(surroundings).publish(server, load));
    }
}
