package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.bench.Bench;
import io.twinspan.registry.ops.bench.PushLoad;
import io.twinspan.registry.subscription.Scope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures pushes. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "From publishing to being shown, at one session, one change at a time, against a naive registry in memory.",
            "With --stalled against the same session instead, without those that are stopped."
        })
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

    @Option(
            names = "--stalled",
            paramLabel = "N",
            description =
                    "stop N more clients (SIGSTOP) that subscribe to the same, and clock the others with and without them")
    private int stalled;

    BenchPushCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Bench bench = options.bench(surroundings);
        PushLoad load = push.load(options.bytes(), Scope.DATACENTER);
        return options.print(
                surroundings, stalled == 0 ? bench.push(server, server, load) : bench.stalled(server, load, stalled));
    }
}
