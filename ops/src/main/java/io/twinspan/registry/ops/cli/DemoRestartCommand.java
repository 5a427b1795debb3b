package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.DemoHome;
import io.twinspan.registry.ops.demo.DemoRestart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Restarts processes of the demo. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = {
            "Ends processes of the demo as an operator would, starts them again on their data, and waits until they are well.",
            "They are named as in 'twinspan demo status', or by host or host:port. Exit code 3 when no demo runs."
        })
final class DemoRestartCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "for example east-2 or 127.0.1.2")
    private List<String> nodes = new ArrayList<>();

    DemoRestartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DemoHome demoHome = home.demoHome(surroundings);
        DemoRestart restart = new DemoRestart(demoHome, surroundings.installation(), surroundings::say);
        if (!restart.isThere()) {
            surroundings.err().println("twinspan: no demo is running in " + demoHome.root());
            return ExitCodes.NOTHING_THERE;
        }
        restart.restart(restart.named(nodes.stream().distinct().toList()));
        return ExitCodes.OK;
    }
}
