package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Who is on duty in the federation. */
@Command(
        name = "federation",
        mixinStandardHelpOptions = true,
        description = {
            "Shows and decides which datacenter of the federation is active.",
            "",
            "Each decision has an epoch, a number and the datacenter that issued it. Everybody follows the highest epoch that"
                    + " was heard. Two datacenters that were forced while they could not hear each other are in CONFLICT until"
                    + " an operator confirms one of them."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class FederationCommand implements Runnable {
    private static final String PATH = "/federation/v1/";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    FederationCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: federation status, federation init or federation confirm");
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Tells who is on duty, by which epoch, and whether the peers follow it.",
                "Exit code 1 while there is a conflict, or a peer does not confirm."
            })
    int status(@Mixin MetaOption server, @Mixin FormatOption format) {
        MetaClient.Answer answer = server.client().get(PATH + "status");
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        if (format.isJson()) {
            surroundings.say(answer.json().toPrettyString());
        } else {
            FederationText.status(answer.json()).forEach(surroundings::say);
        }
        return FederationText.isWell(answer.json()) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Makes the first decision: one datacenter is active, the others stand by.")
    int init(
            @Mixin MetaOption server,
            @Option(
                            names = "--active",
                            paramLabel = "DATACENTER",
                            required = true,
                            description = "the one to which clients are sent")
                    String active) {
        return server.change(surroundings, PATH + "init", json(Map.of("active", active)));
    }

    @Command(
            name = "confirm",
            mixinStandardHelpOptions = true,
            description = "Ends a conflict: says who is active, under an epoch above all that were contested.")
    int confirm(
            @Mixin MetaOption server,
            @Option(
                            names = "--active",
                            paramLabel = "DATACENTER",
                            description = "default: the one that is active by the highest epoch")
                    @Nullable
                    String active) {
        return server.change(
                surroundings, PATH + "confirm", json(active == null ? Map.of() : Map.of("active", active)));
    }

    static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    private int refused(MetaOption server, MetaClient.Answer answer) {
        surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
        return ExitCodes.FAILED;
    }
}
