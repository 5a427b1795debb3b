package io.twinspan.registry.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a resolver by itself. */
@Command(
        name = "resolver",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a resolver by itself, in the foreground until Ctrl-C: it answers domains over HTTP and DNS as every"
                    + " session does, and takes no clients.",
            "Its configuration is that of a node of the datacenter; 'roles' is not read. Its HTTP port is"
                    + " 'ports.session-http', 9603 by default."
        })
final class ResolverCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "YAML with the node's settings under the key 'twinspan'")
    private Path config = Path.of("");

    ResolverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return NodeCommand.run(surroundings, config, List.of("--twinspan.roles=resolver"));
    }
}
