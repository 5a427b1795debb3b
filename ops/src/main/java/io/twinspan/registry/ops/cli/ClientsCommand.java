package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Takes clients out of a datacenter by their addresses, and back in. */
@Command(
        name = "clients",
        mixinStandardHelpOptions = true,
        description = {
            "Takes clients out of the asked datacenter by their addresses, and back in.",
            "",
            "While an address is off, what its clients publish is listed nowhere and they are pushed nothing, at every"
                    + " session and over every connection, also later ones; they stay connected. Other datacenters have"
                    + " lists of their own."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class ClientsCommand implements Runnable {
    private static final String PATH = "/clientManager/";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    ClientsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: clients off, clients on or clients list");
    }

    @Command(
            name = "off",
            mixinStandardHelpOptions = true,
            description = {
                "Takes the clients at these addresses out, within a second.",
                "Exit code 1 when it was refused; then nothing is changed."
            })
    int off(
            @Mixin MetaOption server,
            @Parameters(arity = "1..*", paramLabel = "IP") List<String> ips,
            @Option(names = "--reason", defaultValue = "", description = "for whoever finds them off") String reason) {
        return change(server, "clientOff", form(ips) + "&reason=" + MetaOption.query(reason));
    }

    @Command(
            name = "on",
            mixinStandardHelpOptions = true,
            description = {
                "Takes the clients at these addresses back in, within a second, with all that they have registered.",
                "Exit code 1 when it was refused; then nothing is changed."
            })
    int on(@Mixin MetaOption server, @Parameters(arity = "1..*", paramLabel = "IP") List<String> ips) {
        return change(server, "clientOpen", form(ips));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Tells who is off, since when and why.")
    int list(@Mixin MetaOption server, @Mixin FormatOption format) {
        JsonNode answer = server.client().ask(PATH + "query").path("data");
        format.say(surroundings, answer, lines(answer));
        return ExitCodes.OK;
    }

    /** The list as people read it. */
    static List<String> lines(JsonNode list) {
        List<String> lines = new ArrayList<>();
        for (JsonNode client : list.path("clientOffAddress")) {
            String reason = client.path("reason").asString("");
            lines.add(client.path("address").asString("") + " since "
                    + Instant.ofEpochMilli(client.path("since").asLong(0)) + (reason.isEmpty() ? "" : ": " + reason));
        }
        return lines.isEmpty() ? List.of("no client is off") : lines;
    }

    private int change(MetaOption server, String call, String form) {
        MetaClient.Answer answer = server.client().postForm(PATH + call, form);
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        surroundings.say(answer.message());
        return ExitCodes.OK;
    }

    private static String form(List<String> ips) {
        return "ips=" + MetaOption.query(String.join(";", ips));
    }
}
