package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.DemoHome;
import io.twinspan.registry.ops.demo.DemoRestart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts again what of the demo has ended. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Starts processes of the demo again that have ended, each on the data it left, and waits until they are well.",
            "The names are those of 'twinspan demo status'. Exit code 3 when no demo runs."
        })
final class DemoStartCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--all", description = "everything that has ended")
    private boolean isAll;

    @Parameters(paramLabel = "NODE", arity = "0..*", description = "for example east-2")
    private List<String> names = new ArrayList<>();

    DemoStartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DemoHome demoHome = home.demoHome(surroundings);
        if (isAll != names.isEmpty()) {
            throw new IllegalArgumentException("name the processes to start, or say --all; 'twinspan demo status"
                    + demoHome.option() + "' lists them");
        }
        DemoRestart restart = new DemoRestart(demoHome, surroundings.installation(), surroundings::say);
        if (!restart.isThere()) {
            surroundings.err().println("twinspan: no demo is running in " + demoHome.root());
            return ExitCodes.NOTHING_THERE;
        }
        List<String> wanted =
                isAll ? restart.ended() : names.stream().distinct().toList();
        if (wanted.isEmpty()) {
            surroundings.say("Everything of the demo runs; there is nothing to start.");
            return ExitCodes.OK;
        }
        restart.start(wanted);
        return ExitCodes.OK;
    }
}
