package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.DemoHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a demo keeps everything. */
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "folder of the demo with data, logs and state; default ~/.twinspan/demo")
    private @Nullable Path home;

    DemoHome demoHome(Surroundings surroundings) {
        return home == null ? DemoHome.ofUser(surroundings.userHome()) : new DemoHome(home);
    }
}
