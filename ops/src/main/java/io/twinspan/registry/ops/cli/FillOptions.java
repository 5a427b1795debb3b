package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.FillLoad;
import picocli.CommandLine.Option;

/** How many publishers are registered, and how hard. */
final class FillOptions {
    @Option(names = "--publishers", paramLabel = "N", description = "publishers to register, ten a service")
    private int publishers;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "16", description = "connections; default 16")
    private int connections;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "16",
            description = "registrations waiting for an answer on each connection; default 16")
    private int inFlight;

    /** @param otherwise publishers when none are asked for */
    FillLoad load(int otherwise, int bytes) {
        return new FillLoad(connections, inFlight, publishers == 0 ? otherwise : publishers, bytes);
    }

    int connections() {
        return connections;
    }

    int inFlight() {
        return inFlight;
    }
}
