package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.DemoRun;
import io.twinspan.registry.ops.demo.Layout;
import io.twinspan.registry.ops.demo.Tale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the demo. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs two datacenters, east and west, and a Kafka broker on this machine, publishes a service in the east, finds it"
                    + " in the west, and tells what happened.",
            "In the standard layout, one, each datacenter is one process: east listens on 127.0.0.1 at the default ports (9600"
                    + " to 9623), west at each port + 1000. In three, each is three such processes, and in separate three"
                    + " metas, three data nodes and two sessions, at the default ports of 127.0.1.1 to 127.0.1.3 (east) and"
                    + " 127.0.2.1 to 127.0.2.3 (west). Kafka is at 127.0.0.1:19092.",
            "It stays until Ctrl-C; data stay for the next time."
        },
        subcommands = {
            DemoStartCommand.class,
            DemoRestartCommand.class,
            DemoStopCommand.class,
            DemoStatusCommand.class,
            DemoCleanCommand.class
        })
final class DemoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--detach", description = "return when the story is told, and leave the processes running")
    private boolean isDetached;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "one",
            description = "one, three or separate; default ${DEFAULT-VALUE}")
    private Layout layout = Layout.ONE;

    @Option(
            names = "--story",
            paramLabel = "STORY",
            defaultValue = "greeting",
            description =
                    "greeting: two applications meet across the datacenters. failover: the clients are moved to the other"
                            + " datacenter, that one is lost, comes back, and gets its clients back; takes three minutes. default"
                            + " ${DEFAULT-VALUE}")
    private Tale tale = Tale.GREETING;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        new DemoRun(
                        home.demoHome(surroundings),
                        surroundings.installation(),
                        layout,
                        surroundings::say,
                        surroundings.clock())
                .run(isDetached, tale);
        return ExitCodes.OK;
    }
}
