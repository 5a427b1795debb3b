package io.twinspan.registry.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The load tool. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures any session, and beside it in the same run something that does the least possible for the same payload.",
            "Prints rate, the server's CPU for one operation, p50 and p99, and the ratio of each to the bare one. Exit code 1"
                    + " when anything failed."
        },
        subcommands = {
            BenchPushCommand.class,
            BenchPublishCommand.class,
            BenchChurnCommand.class,
            BenchSyncCommand.class,
            BenchFailoverCommand.class,
            BenchSwitchCommand.class,
            BenchResolverCommand.class,
            BenchHeapCommand.class,
            BenchRestartCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: bench push, publish, churn, sync, failover, switch, resolver, heap or restart");
    }
}
