package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.PushLoad;
import io.twinspan.registry.subscription.Scope;
import picocli.CommandLine.Option;

/** What both measurements of pushes share. */
final class BenchPushOptions {
    @Option(names = "--subscribers", paramLabel = "N", defaultValue = "1", description = "subscribers; default 1")
    private int subscribers;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "500",
            description = "changes in a round; default 500")
    private int changes;

    @Option(
            names = "--pause",
            paramLabel = "MILLIS",
            defaultValue = "5",
            description = "between a change that all were shown and the next; default 5")
    private int pauseMillis;

    @Option(
            names = "--client",
            paramLabel = "KIND",
            defaultValue = "raw",
            description =
                    "raw (Bolt alone) or official (the official client with its threads); default ${DEFAULT-VALUE}")
    private Kind client = Kind.RAW;

    PushLoad load(int bytes, Scope scope) {
        return new PushLoad(subscribers, changes, pauseMillis, bytes, scope, client == Kind.OFFICIAL);
    }

    /** What stands between the wire and the clock. */
    enum Kind {
        RAW,
        OFFICIAL
    }
}
