package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one node. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one node in the foreground until Ctrl-C; ends with the node's exit code.",
            "Its heap is three quarters of the machine's memory; JAVA_TOOL_OPTIONS=-Xmx512m makes it another."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        subcommands = NodeRemoveCommand.class)
final class NodeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML with the node's settings under the key 'twinspan'")
    private @Nullable Path given;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    NodeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path config = given;
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "say which node to run: --config FILE");
        }
        return run(surroundings, config, List.of());
    }

    /** Runs a node until it ends, and gives its exit code. */
    static int run(Surroundings surroundings, Path config, List<String> more) throws IOException, InterruptedException {
        if (!Files.isReadable(config) || Files.isDirectory(config)) {
            surroundings.err().println("twinspan: the configuration " + config + " is not a file that can be read");
            return ExitCodes.REFUSED;
        }
        Installation installation = surroundings.installation();
        if (!Files.isRegularFile(installation.nodeJar())) {
            surroundings
                    .err()
                    .println("twinspan: not built: " + installation.nodeJar()
                            + ". Start through ops/bin/twinspan, which builds what is missing.");
            return ExitCodes.REFUSED;
        }
        List<String> command = new ArrayList<>(command(installation, config));
        command.addAll(more);
        Process node = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "node-end"));
        return node.waitFor();
    }

    private static List<String> command(Installation installation, Path config) {
        return List.of(
                installation.java().toString(),
                "-XX:MaxRAMPercentage=75",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dsofa.middleware.log.disable=true",
                "-jar",
                installation.nodeJar().toString(),
                "--spring.config.additional-location=file:" + config.toAbsolutePath());
    }

    /** Ctrl-C reaches the node as well; a signal to this process alone has to be handed on. */
    private static void end(Process node) {
        node.destroy();
        try {
            node.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
