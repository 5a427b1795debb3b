package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.MetaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Configuration that clients watch, in all datacenters. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Stores configuration that clients watch (weights, override:// rules), in all datacenters whichever is"
                    + " asked.",
            "The higher version wins everywhere; a rollback is the old data under a new, higher version."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class ConfigCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: config put, get, remove, status, history or rollback");
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Stores a value and tells which datacenters have it.")
    int put(
            @Mixin MetaOption server,
            @Mixin ConfigName name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "DATA") @Nullable String data,
            @Option(names = "--file", paramLabel = "FILE", description = "takes the data from a file") @Nullable
                    Path file,
            @Option(
                            names = "--as-version",
                            paramLabel = "NUMBER",
                            description = "default: one above what any datacenter has that answers")
                    @Nullable
                    Long version) {
        if ((data == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "give the data, or --file FILE");
        }
        Map<String, Object> body = name.fields();
        body.put("version", Long.toString(version == null ? newest(server, name) + 1 : version));
        body.put("data", data == null ? read(file) : data);
        return change(server, "/persistentData/put", body);
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes a value back, everywhere.")
    int remove(@Mixin MetaOption server, @Mixin ConfigName name) {
        return change(server, "/persistentData/remove", name.fields());
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Stores what an earlier version held again, under a version above everything since.")
    int rollback(
            @Mixin MetaOption server,
            @Mixin ConfigName name,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "VERSION",
                            description = "as 'config history' shows it")
                    long to) {
        Map<String, Object> body = name.fields();
        body.put("to", Long.toString(to));
        return change(server, "/persistentData/rollback", body);
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Tells the value a datacenter has.")
    int get(@Mixin MetaOption server, @Mixin ConfigName name, @Mixin FormatOption format) {
        JsonNode history = ask(server, "/persistentData/history?" + name.query());
        JsonNode versions = history.path("versions");
        JsonNode newest = versions.path(versions.size() - 1);
        if (newest.path("data").isString()) {
            surroundings.say(
                    format.isJson()
                            ? newest.toPrettyString()
                            : newest.path("data").stringValue());
            return ExitCodes.OK;
        }
        surroundings.err().println("twinspan: " + server.server() + " has no value of " + name.text());
        return ExitCodes.NOTHING_THERE;
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Tells the last versions of a value, the newest last.")
    int history(@Mixin MetaOption server, @Mixin ConfigName name, @Mixin FormatOption format) {
        JsonNode history = ask(server, "/persistentData/history?" + name.query());
        if (format.isJson()) {
            surroundings.say(history.toPrettyString());
        } else {
            ConfigText.history(history).forEach(surroundings::say);
        }
        return history.path("versions").isEmpty() ? ExitCodes.NOTHING_THERE : ExitCodes.OK;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {
                "Tells which datacenters have which version of a value, and which consumers acknowledged it; without a"
                        + " name, how the datacenter stands with its peers.",
                "Exit code 1 when a datacenter or a consumer lags."
            })
    int status(
            @Mixin MetaOption server,
            @Parameters(index = "0", arity = "0..1", paramLabel = "DATAID") @Nullable String dataId,
            @Option(names = "--group", defaultValue = "DEFAULT_GROUP") String group,
            @Option(names = "--instance", defaultValue = "DEFAULT_INSTANCE_ID") String instance,
            @Mixin FormatOption format) {
        String query = dataId == null
                ? ""
                : "?" + ConfigName.of(dataId, group, instance).query();
        JsonNode status = ask(server, "/persistentData/status" + query);
        if (format.isJson()) {
            surroundings.say(status.toPrettyString());
        } else {
            ConfigText.status(status).forEach(surroundings::say);
        }
        return ConfigText.isWell(status) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private long newest(MetaOption server, ConfigName name) {
        return Long.parseLong(ask(server, "/persistentData/status?" + name.query())
                .path("version")
                .asString("0"));
    }

    private int change(MetaOption server, String path, Map<String, Object> body) {
        MetaClient.Answer answer =
                server.client().post(path, JsonMapper.shared().writeValueAsString(body));
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        surroundings.say(answer.message());
        ConfigText.where(answer.json()).forEach(surroundings::say);
        return answer.json().path("missing").isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static JsonNode ask(MetaOption server, String path) {
        return server.client().ask(path);
    }

    private static String read(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Names a value. */
    static final class ConfigName {
        @Parameters(index = "0", paramLabel = "DATAID")
        private String dataId = "";

        @Option(
                names = "--group",
                defaultValue = "DEFAULT_GROUP",
                description = "default ${DEFAULT-VALUE}; SOFA-RPC watches SOFA.CONFIG")
        private String group = "DEFAULT_GROUP";

        @Option(names = "--instance", defaultValue = "DEFAULT_INSTANCE_ID", description = "default ${DEFAULT-VALUE}")
        private String instance = "DEFAULT_INSTANCE_ID";

        static ConfigName of(String dataId, String group, String instance) {
            ConfigName name = new ConfigName();
            name.dataId = dataId;
            name.group = group;
            name.instance = instance;
            return name;
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("dataId", dataId);
            fields.put("group", group);
            fields.put("instanceId", instance);
            return fields;
        }

        String query() {
            return "dataId=" + MetaOption.query(dataId) + "&group=" + MetaOption.query(group) + "&instanceId="
                    + MetaOption.query(instance);
        }

        String text() {
            return dataId + " (group " + group + ")";
        }
    }
}
