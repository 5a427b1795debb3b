package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.AgentLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the agent of a host. */
@Command(
        name = "agent",
        description = {
            "Answers on this host what the resolver's servers answer, from memory, and on when none of them is there; forwards the",
            "streams of official clients. 'twinspan agent --help' names its options."
        })
final class AgentCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    /** The agent reads them itself: it starts without this command line when it is started by the script. */
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    AgentCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = AgentLine.command(surroundings.installation(), arguments);
        if (command.isEmpty()) {
            surroundings
                    .err()
                    .println("twinspan: not built. Start through ops/bin/twinspan, which builds what is missing.");
            return ExitCodes.REFUSED;
        }
        Process agent = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(agent::destroy, "agent-end"));
        return agent.waitFor();
    }
}
