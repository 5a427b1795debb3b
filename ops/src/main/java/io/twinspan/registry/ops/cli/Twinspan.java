package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.bench.BenchException;
import io.twinspan.registry.ops.client.QuietLibraries;
import io.twinspan.registry.ops.client.UnreachableException;
import io.twinspan.registry.ops.demo.DemoFailedException;
import io.twinspan.registry.ops.demo.DemoRefusedException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The entry point of the command line. */
@Command(
        name = "twinspan",
        mixinStandardHelpOptions = true,
        versionProvider = Twinspan.Version.class,
        description = {
            "A service registry for applications that run in two or more datacenters.",
            "",
            "Begin with 'twinspan demo': two datacenters on this machine, and a service that is published in one and"
                    + " found in the other."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something that should have worked did not; the message says what",
            "2:the command line was not understood",
            "3:what was asked for is not there (no address, no demo running)",
            "4:no server answers at the given address",
            "5:a check before the start said no, or the build failed; nothing was started",
            "130:ended by Ctrl-C"
        },
        footer = "%n'twinspan COMMAND --help' tells more of each command.",
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            AgentCommand.class,
            ResolverCommand.class,
            PublishCommand.class,
            GetCommand.class,
            WatchCommand.class,
            SessionCommand.class,
            QuarantineCommand.class,
            SlotsCommand.class,
            LinksCommand.class,
            MetaGroupCommand.class,
            SyncCommand.class,
            PolicyCommand.class,
            PushCommand.class,
            ClientsCommand.class,
            RollingRestartCommand.class,
            FederationCommand.class,
            FailoverCommand.class,
            StandbyCommand.class,
            ConfigCommand.class,
            VipCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Twinspan implements Runnable {
    private final Surroundings surroundings;

    Twinspan(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs one command and ends with its exit code. */
    public static void main(String[] args) {
        QuietLibraries.quieten();
        // The official client keeps threads alive for ever, so the end has to be said.
        System.exit(execute(Surroundings.ofProcess(), args));
    }

    /**
     * Runs one command as a process would, for whoever has a Java process already.
     *
     * @return its exit code
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return execute(Surroundings.ofProcess().saying(out, err), args);
    }

    static int execute(Surroundings surroundings, String... args) {
        int code = commandLine(surroundings).execute(args);
        Notices.show(surroundings.err());
        return code;
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Twinspan(surroundings), new CommandFactory(surroundings));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(surroundings, failure));
        return line;
    }

    @Override
    public void run() {
        new CommandLine(this, new CommandFactory(surroundings)).usage(surroundings.out());
    }

    /** The one table from exceptions to messages and exit codes. */
    private static int report(Surroundings surroundings, Exception failure) {
        String message = "twinspan: " + failure.getMessage();
        if (failure instanceof UnreachableException) {
            surroundings.err().println(message);
            return ExitCodes.UNREACHABLE;
        }
        if (failure instanceof DemoRefusedException) {
            surroundings.err().println(message);
            return ExitCodes.REFUSED;
        }
        if (failure instanceof BenchException && failure.getCause() != null) {
            message += " (" + failure.getCause().getMessage() + ")";
        }
        if (failure instanceof IllegalArgumentException) {
            surroundings.err().println(message);
            return ExitCodes.USAGE;
        }
        if (failure instanceof DemoFailedException
                || failure instanceof BenchException
                || failure instanceof UncheckedIOException) {
            surroundings.err().println(message);
            return ExitCodes.FAILED;
        }
        surroundings.err().println("twinspan: this should not have happened; please report it with these lines");
        failure.printStackTrace(surroundings.err());
        return ExitCodes.FAILED;
    }

    /** Tells the version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "twinspan " + Surroundings.ofProcess().installation().version()
            };
        }
    }
}
