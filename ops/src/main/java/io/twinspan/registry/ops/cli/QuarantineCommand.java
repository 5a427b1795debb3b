package io.twinspan.registry.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is held, and an operator's word on it. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows and decides what is held.",
            "",
            "When much of a service would disappear at once for a reason that may be a fault of the registry or of the network"
                    + " (a session node is lost, clients fall silent), its addresses stay listed and are held: ten minutes,"
                    + " unless their clients come back before, or you say what is true:",
            "",
            "  release   these instances are gone: their addresses leave the lists now",
            "  confirm   these instances are there: their addresses stay, without end and without alarm, until their client"
                    + " comes back or you release them"
        },
        subcommands = {QuarantineListCommand.class, QuarantineReleaseCommand.class, QuarantineConfirmCommand.class})
final class QuarantineCommand implements Runnable {
    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Name one of list, release and confirm.");
        }
    }
}
