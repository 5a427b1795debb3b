package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.subscription.Scope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures pushes. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description =
                "From publishing to being shown, at one session, one change at a time, against a naive registry in memory.")
final class BenchPushCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private BenchPushOptions push = new BenchPushOptions();

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = ServerOption.EAST,
            converter = ServerOption.EndpointConverter.class,
            description = "HTTP port of a session; default ${DEFAULT-VALUE}")
    private Endpoint server = Endpoint.parse(ServerOption.EAST);

    BenchPushCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return options.print(
                surroundings,
                options.bench(surroundings).push(server, server, push.load(options.bytes(), Scope.DATACENTER)));
    }
}
