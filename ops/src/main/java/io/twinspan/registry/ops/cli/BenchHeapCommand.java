package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures memory. */
@Command(
        name = "heap",
        mixinStandardHelpOptions = true,
        description = {
            "What publishers take in the server's heap after a full collection, and in that of a naive registry in memory.",
            "Full collections stop the server: not for one in use. Needs a JDK and a server of this user on this machine."
        })
final class BenchHeapCommand implements Callable<Integer> {
    private static final int PUBLISHERS = 100_000;

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

    BenchHeapCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return options.print(
                surroundings, options.bench(surroundings).heap(server, fill.load(PUBLISHERS, options.bytes())));
    }
}
