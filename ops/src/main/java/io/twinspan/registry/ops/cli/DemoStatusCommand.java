package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.demo.Demo;
import io.twinspan.registry.ops.demo.DemoStatus;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells how the demo is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Tells how the demo is. Exit code 0 when all of it is healthy, 1 when something is not, 3 when none runs.")
final class DemoStatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    DemoStatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DemoStatus status = new Demo(home.demoHome(surroundings), surroundings::say).status();
        if (format == Format.JSON) {
            surroundings.say(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(status));
        } else {
            print(status);
        }
        if (status.isHealthy()) {
            return ExitCodes.OK;
        }
        return status.isRunning() ? ExitCodes.FAILED : ExitCodes.NOTHING_THERE;
    }

    private void print(DemoStatus status) {
        if (!status.isRunning()) {
            surroundings.say("No demo is running in " + status.home());
            return;
        }
        surroundings.say("Demo of layout " + status.layout() + " in " + status.home() + ", version " + status.version()
                + ", since " + status.startedAt());
        int width = status.processes().stream()
                .mapToInt(process -> process.name().length())
                .max()
                .orElse(1);
        status.processes()
                .forEach(process -> surroundings.say(String.format(
                        Locale.ROOT,
                        "  %-" + width + "s  pid %-7d  %-5s  %4d MiB  %s",
                        process.name(),
                        process.pid(),
                        process.isAlive() ? "runs" : "ended",
                        process.residentMiB(),
                        process.isAlive() ? parts(process) : "start it again: " + startCommand(process.name()))));
    }

    private String startCommand(String name) {
        return surroundings.installation().command() + " demo start " + name
                + home.demoHome(surroundings).option();
    }

    private static String parts(DemoStatus.ProcessStatus process) {
        return process.health().stream()
                .map(part -> part.name() + " " + part.endpoint() + " " + part.detail())
                .collect(Collectors.joining("; "));
    }

    /** How it is told. */
    enum Format {
        TEXT,
        JSON
    }
}
