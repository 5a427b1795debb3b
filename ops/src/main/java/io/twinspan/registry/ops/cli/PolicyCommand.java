package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.ViewPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What operators decide about peers. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = {
            "Decides, for the running datacenter, how peers' services are fetched and shown. In force on all nodes within a"
                    + " second, kept on their disks.",
            "",
            "  --fetch  lazy: when somebody here wants them (default); warm: always; never",
            "  --push   off keeps a peer's providers from consumers here, while its sync goes on",
            "  --view   what consumers of scope global get: own-first (default), own-first:N (the peer's while fewer than N own"
                    + " addresses are left), all, own-only",
            "",
            "Of several rules the most specific one decides: a whole service name, then more letters of a pattern, then a named"
                    + " group, then a named peer."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class PolicyCommand implements Runnable {
    private static final String PATH = "/policies";

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    PolicyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: policy list, policy set or policy remove");
    }

    /** What a rule is about. */
    static final class Target {
        @Option(names = "--peer", paramLabel = "DATACENTER", description = "a peer datacenter; default all")
        private String peer = "*";

        @Option(names = "--group", paramLabel = "GROUP", description = "a group of services; default all")
        private String group = "*";

        @Option(
                names = "--service",
                paramLabel = "PATTERN",
                description = "dataId of a service, or a pattern with *; default all")
        private String service = "*";

        PolicyRows.Key key() {
            return new PolicyRows.Key(peer, group, service);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the policies, the most specific first.")
    int list(
            @Mixin MetaOption server,
            @Option(
                            names = "-o",
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text or json; default ${DEFAULT-VALUE}")
                    DemoStatusCommand.Format format) {
        MetaClient.Answer answer = server.client().get(PATH);
        return answer.isDone() ? show(answer.json(), format) : refused(server, answer);
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Decides something for what is named, and leaves what else was decided for it.")
    int set(
            @Mixin MetaOption server,
            @Mixin Target target,
            @Option(names = "--fetch", paramLabel = "lazy|warm|never") @Nullable String fetch,
            @Option(names = "--push", paramLabel = "on|off") @Nullable String push,
            @Option(names = "--view", paramLabel = "own-first[:N]|all|own-only") @Nullable String view) {
        Map<String, String> decisions = decisions(fetch, push, view);
        return change(server, policies -> PolicyRows.with(policies, target.key(), decisions));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes back everything that was decided for exactly what is named.")
    int remove(@Mixin MetaOption server, @Mixin Target target) {
        return change(server, policies -> PolicyRows.without(policies, target.key()));
    }

    private Map<String, String> decisions(@Nullable String fetch, @Nullable String push, @Nullable String view) {
        Map<String, String> decisions = new LinkedHashMap<>();
        if (fetch != null) {
            decisions.put("fetch", FetchPolicy.ofWord(fetch).word());
        }
        if (push != null) {
            if (!push.equals("on") && !push.equals("off")) {
                throw new IllegalArgumentException("--push '" + push + "' is none of on, off");
            }
            decisions.put("push", push);
        }
        if (view != null) {
            decisions.put("view", ViewPolicy.ofWord(view).word());
        }
        if (decisions.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give at least one of --fetch, --push, --view");
        }
        return decisions;
    }

    /** The change is of what was just read; when somebody else was quicker, meta refuses it and names both versions. */
    private int change(MetaOption server, Function<JsonNode, @Nullable String> edit) {
        MetaClient.Answer before = server.client().get(PATH);
        if (!before.isDone()) {
            return refused(server, before);
        }
        String body = edit.apply(before.json());
        if (body == null) {
            surroundings.err().println("twinspan: there is no such policy; 'twinspan policy list' shows all");
            return ExitCodes.NOTHING_THERE;
        }
        MetaClient.Answer answer = server.client().put(PATH, body);
        if (!answer.isDone()) {
            return refused(server, answer);
        }
        surroundings.say(answer.message());
        return ExitCodes.OK;
    }

    private int show(JsonNode policies, DemoStatusCommand.Format format) {
        if (format == DemoStatusCommand.Format.JSON) {
            surroundings.say(policies.toPrettyString());
        } else {
            PolicyRows.lines(policies).forEach(surroundings::say);
        }
        return ExitCodes.OK;
    }

    private int refused(MetaOption server, MetaClient.Answer answer) {
        surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
        return ExitCodes.FAILED;
    }
}
