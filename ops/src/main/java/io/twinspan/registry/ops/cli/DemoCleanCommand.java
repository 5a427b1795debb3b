package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Demo;
import io.twinspan.registry.ops.demo.DemoHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes what the demo has left. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = "Removes the demo's folder with data and logs. Refuses while the demo runs.")
final class DemoCleanCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    DemoCleanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DemoHome demoHome = home.demoHome(surroundings);
        boolean wasThere = new Demo(demoHome, surroundings::say).clean();
        surroundings.say(wasThere ? "Removed " + demoHome.root() : "Nothing to remove: there is no " + demoHome.root());
        return ExitCodes.OK;
    }
}
