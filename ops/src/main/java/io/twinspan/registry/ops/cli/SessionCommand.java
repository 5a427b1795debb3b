package io.twinspan.registry.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator does with one session. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        description = "Sends the clients of a session to the others, or takes them again.",
        subcommands = {SessionDrainCommand.class, SessionUndrainCommand.class})
final class SessionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: session drain NODE or session undrain NODE");
    }
}
