package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Demo;
import io.twinspan.registry.ops.demo.DemoHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the demo. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Ends the demo's processes and waits until they are gone. Exit code 3 when none ran. Data stay.")
final class DemoStopCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    DemoStopCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DemoHome demoHome = home.demoHome(surroundings);
        if (new Demo(demoHome, surroundings::say).stop()) {
            surroundings.say("Stopped. Its data stay in " + demoHome.root() + "; 'twinspan demo clean"
                    + demoHome.option() + "' removes them.");
            return ExitCodes.OK;
        }
        surroundings.err().println("twinspan: no demo is running in " + demoHome.root());
        return ExitCodes.NOTHING_THERE;
    }
}
