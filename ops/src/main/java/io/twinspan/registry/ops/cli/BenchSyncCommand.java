package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.subscription.Scope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures pushes between datacenters. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "From publishing in one datacenter to being shown in another, against a naive registry in memory.",
            "The CPU is that of both sessions' processes together, without the broker.",
            "With --folder: starts two datacenters of its own, each with a broker, and a link between them that can be slow or",
            "cut, and measures the figures that --only names, or all. Exit code 1 when one of them is missed."
        })
final class BenchSyncCommand implements Callable<Integer> {
    private static final String WEST = "127.0.0.1:10603";

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
            description = "HTTP port of the session that is published at; default ${DEFAULT-VALUE}")
    private Endpoint server = Endpoint.parse(ServerOption.EAST);

    @Option(
            names = "--peer",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = WEST,
            converter = ServerOption.EndpointConverter.class,
            description = "HTTP port of the session in the other datacenter; default ${DEFAULT-VALUE}")
    private Endpoint peer = Endpoint.parse(WEST);

    BenchSyncCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Mixin
    private BenchLinkOptions link = new BenchLinkOptions();

    @Override
    public Integer call() {
        if (link.isAsked()) {
            return link.run(surroundings);
        }
        return options.print(
                surroundings, options.bench(surroundings).push(server, peer, push.load(options.bytes(), Scope.GLOBAL)));
    }
}
