package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Closes and opens the push. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Closes and opens the push to clients, in the asked datacenter or in a peer of it (--dc).",
            "",
            "While push is closed, clients keep the lists they have; a client that starts gets one first list. Opening sends"
                    + " everybody the newest list once. With --position hold-shrink additions go out and removals wait.",
            "",
            "A closing belongs to its owner: what one owner closed, no other opens. Push is open when nobody has it closed."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class PushCommand implements Runnable {
    private static final String PATH = "/push/switch";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    PushCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: push status, push close, push open or push preview");
    }

    /** Whose switch. */
    static final class Where {
        @Mixin
        private MetaOption server = new MetaOption();

        @Option(
                names = "--dc",
                paramLabel = "DATACENTER",
                description = "a peer of the datacenter that is asked; default: that one itself")
        private @Nullable String datacenter;

        MetaClient.Answer get(String path) {
            return server.client().get(path + query());
        }

        MetaClient.Answer post(String path, Map<String, Object> body) {
            return server.client().post(path + query(), JsonMapper.shared().writeValueAsString(body));
        }

        private String query() {
            return datacenter == null ? "" : "?datacenter=" + MetaOption.query(datacenter);
        }
    }

    /** What is closed. */
    static final class Scope {
        @Option(names = "--group", paramLabel = "GROUP", description = "only this group of services")
        private @Nullable String group;

        @Option(names = "--service", paramLabel = "PATTERN", description = "only this dataId, or a pattern with *")
        private @Nullable String service;

        @Option(
                names = "--client",
                paramLabel = "IP[:PORT]",
                description = "only pushes to this client; may be given several times")
        private List<String> clients = List.of();

        @Option(names = "--owner", defaultValue = "operator", description = "who closes; default ${DEFAULT-VALUE}")
        private String owner = "operator";

        Map<String, Object> fields(JsonNode seen) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("version", seen.path("version").asString("0"));
            fields.put("owner", owner);
            if (group != null) {
                fields.put("group", group);
            }
            if (service != null) {
                fields.put("service", service);
            }
            if (!clients.isEmpty()) {
                fields.put("clients", clients);
            }
            return fields;
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Tells who has closed what, why and until when, and which sessions obey.",
                "Exit code 1 when a session has not confirmed."
            })
    int status(
            @Mixin Where where,
            @Option(
                            names = "-o",
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json; default ${DEFAULT-VALUE}")
                    DemoStatusCommand.Format format) {
        MetaClient.Answer answer = where.get(PATH);
        if (!answer.isDone()) {
            return refused(where, answer);
        }
        if (format == DemoStatusCommand.Format.JSON) {
            surroundings.say(answer.json().toPrettyString());
        } else {
            PushText.status(answer.json()).forEach(surroundings::say);
        }
        return PushText.isConfirmed(answer.json()) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = {
                "Closes the push, and tells which sessions have not confirmed within 1.5 s.",
                "Exit code 1 when there are such, or when the closing was refused."
            })
    int close(
            @Mixin Where where,
            @Mixin Scope scope,
            @Option(names = "--reason", defaultValue = "", description = "for whoever finds push closed") String reason,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            description = "opens by itself after so long, for example 30m or 2h; default: never")
                    @Nullable
                    String within,
            @Option(
                            names = "--grey",
                            paramLabel = "IP[:PORT]",
                            description = "these clients get their pushes all the same; may be given several times")
                    @Nullable
                    List<String> grey,
            @Option(names = "--position", defaultValue = "closed", paramLabel = "closed|hold-shrink") String position) {
        String until = within == null ? null : Times.parse(within).toString();
        MetaClient.Answer seen = where.get(PATH);
        if (!seen.isDone()) {
            return refused(where, seen);
        }
        Map<String, Object> body = scope.fields(seen.json());
        body.put("reason", reason);
        body.put("position", position);
        body.put("grey", Objects.requireNonNullElse(grey, List.of()));
        if (until != null) {
            body.put("for", until);
        }
        return changed(where, where.post(PATH + "/close", body));
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = {
                "Takes back what the owner has closed: all of it, or what exactly these options closed.",
                "What waited is sent, the newest only."
            })
    int open(@Mixin Where where, @Mixin Scope scope) {
        MetaClient.Answer seen = where.get(PATH);
        return seen.isDone()
                ? changed(where, where.post(PATH + "/open", scope.fields(seen.json())))
                : refused(where, seen);
    }

    @Command(
            name = "preview",
            mixinStandardHelpOptions = true,
            description = "Tells how many clients and services are behind, that is what opening now would send.")
    int preview(@Mixin Where where) {
        MetaClient.Answer answer = where.get(PATH + "/preview");
        if (!answer.isDone()) {
            return refused(where, answer);
        }
        PushText.preview(answer.json()).forEach(surroundings::say);
        return answer.json().path("silentSessions").isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private int changed(Where where, MetaClient.Answer answer) {
        if (!answer.isDone()) {
            return refused(where, answer);
        }
        surroundings.say(answer.message());
        return PushText.isConfirmed(answer.json()) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private int refused(Where where, MetaClient.Answer answer) {
        surroundings.err().println("twinspan: refused by " + where.server.server() + ": " + answer.message());
        return ExitCodes.FAILED;
    }

    /** Times as people write them. */
    static final class Times {
        private Times() {}

        /** @throws IllegalArgumentException when it is none, or not more than nothing */
        static Duration parse(String text) {
            return parse("--for", text);
        }

        /** The same for another option. */
        static Duration parse(String option, String text) {
            try {
                String iso = text.endsWith("d") ? "P" + text : "PT" + text;
                Duration given = Duration.parse(iso);
                if (!given.isNegative() && !given.isZero()) {
                    return given;
                }
            } catch (java.time.DateTimeException wrong) {
                throw new IllegalArgumentException(
                        option + " '" + text + "' is no time like 90s, 30m, 2h or 1d", wrong);
            }
            throw new IllegalArgumentException(option + " '" + text + "' would be over before it begins");
        }
    }
}
