package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.bench.ChurnLoad;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures changes at a steady pace. */
@Command(
        name = "churn",
        mixinStandardHelpOptions = true,
        description = {
            "Changes at a steady pace among publishers and subscribers that stay: from when a change is due to when it is shown,",
            "and how much of a core the server takes, against a naive registry in memory."
        })
final class BenchChurnCommand implements Callable<Integer> {
    private static final int PUBLISHERS = 10_000;

    private final Surroundings surroundings;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private FillOptions fill = new FillOptions();

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = ServerOption.EAST,
            converter = ServerOption.EndpointConverter.class,
            description = "HTTP port of a session; default ${DEFAULT-VALUE}")
    private Endpoint server = Endpoint.parse(ServerOption.EAST);

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "subscribers, spread over the services; default ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(
            names = "--changes-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "of all publishers together; default ${DEFAULT-VALUE}")
    private int changesPerSecond;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "length of a round; default ${DEFAULT-VALUE}")
    private int seconds;

    BenchChurnCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ChurnLoad load = new ChurnLoad(fill.load(PUBLISHERS, options.bytes()), subscribers, changesPerSecond, seconds);
        return options.print(surroundings, options.bench(surroundings).churn(server, load));
    }
}
