package io.twinspan.registry.ops.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes a standby away, and readmits it. */
@Command(
        name = "standby",
        mixinStandardHelpOptions = true,
        description =
                "Takes a datacenter that stands by out of the federation's duty, and readmits it when it is in sync.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class StandbyCommand implements Runnable {
    private static final String PATH = "/federation/v1/standby";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    StandbyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: standby out or standby in");
    }

    /** Which one. */
    static final class Which {
        @Option(
                names = "--dc",
                paramLabel = "DATACENTER",
                required = true,
                description = "the datacenter that stands by")
        private String datacenter = "";
    }

    @Command(
            name = "out",
            mixinStandardHelpOptions = true,
            description = "From now on it is no target of a failover, and resolvers never name it.")
    int out(@Mixin MetaOption server, @Mixin Which which) {
        return change(server, Map.of("datacenter", which.datacenter, "position", "out"));
    }

    @Command(
            name = "in",
            mixinStandardHelpOptions = true,
            description = "It stands by again. Refused with the reason while it is not in sync.")
    int in(
            @Mixin MetaOption server,
            @Mixin Which which,
            @Option(
                            names = "--outdated-too",
                            description =
                                    "also while it lists what has gone or moved since: clients are shown that again"
                                            + " until it takes it away itself")
                    boolean isOutdatedToo) {
        return change(server, Map.of("datacenter", which.datacenter, "position", "in", "outdatedToo", isOutdatedToo));
    }

    private int change(MetaOption server, Map<String, Object> body) {
        return server.change(surroundings, PATH, FederationCommand.json(body));
    }
}
