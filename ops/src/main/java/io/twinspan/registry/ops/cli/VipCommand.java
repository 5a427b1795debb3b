package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.DomainClient;
import io.twinspan.registry.ops.client.MetaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Domains that operators define for any product. */
@Command(
        name = "vip",
        mixinStandardHelpOptions = true,
        description = {
            "Defines domains of the resolver, for any product, in all datacenters whichever is asked; and tells why a"
                    + " domain is answered as it is.",
            "",
            "A domain is answered with the healthy addresses of the datacenter on duty that are nearest: own zone, own"
                    + " datacenter, others. With --protect 30, when fewer than 30 % of those are healthy, all are"
                    + " answered."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class VipCommand implements Runnable {
    private static final String PATH = "/vips";
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything.
    private CommandSpec spec;

    VipCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: vip list, vip set, vip remove or vip explain");
    }

    /** What a Vip is made of. */
    static final class Content {
        @Option(
                names = "--endpoint",
                paramLabel = "HOST:PORT,dc=DC[,zone=Z][,weight=N]",
                description = "an address or host name; may be given several times")
        private List<String> endpoints = List.of();

        @Option(
                names = "--service",
                paramLabel = "DATAID",
                description = "the providers of a registered service, in place of endpoints")
        private @Nullable String service;

        @Option(names = "--group", defaultValue = "DEFAULT_GROUP", description = "of the service")
        private String group = "DEFAULT_GROUP";

        @Option(
                names = "--check",
                paramLabel = "none|tcp|http:/PATH",
                defaultValue = "none",
                description = "how endpoints are found to be well; a redirect is not well")
        private String check = "none";

        @Option(names = "--rise", defaultValue = "2", description = "checks in a row to be healthy again")
        private int rise = 2;

        @Option(names = "--fall", defaultValue = "3", description = "failed checks in a row to be unhealthy")
        private int fall = 3;

        @Option(names = "--interval", defaultValue = "5s", description = "between two checks")
        private String interval = "5s";

        @Option(names = "--timeout", defaultValue = "1s", description = "of one check")
        private String timeout = "1s";

        @Option(names = "--protect", defaultValue = "0", paramLabel = "PERCENT")
        private int protect;

        Map<String, Object> fields(String domain) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("domain", domain);
            String named = service;
            if (named == null) {
                fields.put(
                        "endpoints", endpoints.stream().map(VipText::endpoint).toList());
            } else {
                fields.put("service", Map.of("dataId", named, "group", group));
            }
            int colon = check.indexOf(':');
            Map<String, Object> checked = new LinkedHashMap<>();
            checked.put("kind", colon < 0 ? check : check.substring(0, colon));
            if (colon >= 0) {
                checked.put("path", check.substring(colon + 1));
            }
            checked.put("rise", rise);
            checked.put("fall", fall);
            checked.put("interval", interval);
            checked.put("timeout", timeout);
            fields.put("check", checked);
            fields.put("protect", protect);
            return fields;
        }

        boolean isEmpty() {
            return endpoints.isEmpty() && service == null;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the Vips, or shows the one named.")
    int list(
            @Mixin MetaOption server,
            @Parameters(index = "0", arity = "0..1", paramLabel = "DOMAIN") @Nullable String domain,
            @Mixin FormatOption format) {
        JsonNode vips = server.client().ask(PATH + (domain == null ? "" : "?domain=" + MetaOption.query(domain)));
        if (format.isJson()) {
            surroundings.say(vips.toPrettyString());
        } else {
            VipText.list(vips).forEach(surroundings::say);
        }
        return domain != null && vips.path("vips").isEmpty() ? ExitCodes.NOTHING_THERE : ExitCodes.OK;
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = {
                "Defines a Vip, or puts another in its place, and tells which datacenters have it.",
                "Exit code 1 when it was refused or a datacenter lacks it."
            })
    int set(
            @Mixin MetaOption server,
            @Parameters(index = "0", arity = "0..1", paramLabel = "DOMAIN") @Nullable String domain,
            @Mixin Content content,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description =
                                    "takes the whole Vip from a file of JSON, as" + " 'vip list -o json' shows it")
                    @Nullable
                    Path file,
            @Option(
                            names = "--seen",
                            paramLabel = "VERSION",
                            description = "refused unless this is the version that is stored")
                    @Nullable
                    Long seen) {
        if ((file == null) == content.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --endpoint or --service, or --file FILE");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (file != null) {
            JsonMapper.shared()
                    .readTree(read(file))
                    .properties()
                    .forEach(each -> body.put(each.getKey(), each.getValue()));
            body.remove("version");
        } else if (domain == null) {
            throw new ParameterException(spec.commandLine(), "name the domain");
        } else {
            body.putAll(content.fields(domain));
        }
        if (seen != null) {
            body.put("version", Long.toString(seen));
        }
        return change(server, "/put", body);
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes a Vip away, in all datacenters.")
    int remove(@Mixin MetaOption server, @Parameters(index = "0", paramLabel = "DOMAIN") String domain) {
        return change(server, "/remove", Map.of("domain", domain));
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = {
                "Tells what a domain is for a place, and why each of its addresses is in or out.",
                "Exit code 3 when there is no such domain."
            })
    int explain(
            @Option(
                            names = "--server",
                            paramLabel = "HOST:HTTP_PORT",
                            defaultValue = ServerOption.EAST,
                            converter = ServerOption.EndpointConverter.class,
                            description = "HTTP port of any session or resolver; default ${DEFAULT-VALUE}")
                    Endpoint server,
            @Parameters(index = "0", paramLabel = "DOMAIN") String domain,
            @Option(
                            names = "--as",
                            paramLabel = "DC[,ZONE[,APP]]",
                            defaultValue = "",
                            description = "for whom; default: whoever stands where the server does")
                    String place,
            @Option(names = "--group", defaultValue = "DEFAULT_GROUP", description = "of a service") String group,
            @Mixin FormatOption format) {
        String[] parts = place.split(",", -1);
        StringBuilder query = new StringBuilder("?group=" + MetaOption.query(group));
        List<String> names = List.of("dc", "zone", "app");
        if (parts.length > names.size()) {
            throw new ParameterException(spec.commandLine(), "--as '" + place + "' is not DC[,ZONE[,APP]]");
        }
        for (int i = 0; i < parts.length; i++) {
            query.append('&').append(names.get(i)).append('=').append(MetaOption.query(parts[i].strip()));
        }
        DomainClient.Answer answer = new DomainClient(server)
                .get("/acvip/v1/explain/" + MetaOption.query(domain).replace("+", "%20") + query);
        if (answer.status() != OK) {
            surroundings.err().println("twinspan: " + server + " says: " + answer.message());
            return answer.status() == NOT_FOUND ? ExitCodes.NOTHING_THERE : ExitCodes.FAILED;
        }
        if (format.isJson()) {
            surroundings.say(answer.body().toPrettyString());
        } else {
            VipText.explanation(answer.body()).forEach(surroundings::say);
        }
        return ExitCodes.OK;
    }

    private int change(MetaOption server, String path, Map<String, Object> body) {
        MetaClient.Answer answer =
                server.client().post(PATH + path, JsonMapper.shared().writeValueAsString(body));
        if (!answer.isDone()) {
            surroundings.err().println("twinspan: refused by " + server.server() + ": " + answer.message());
            return ExitCodes.FAILED;
        }
        surroundings.say(answer.message());
        ConfigText.where(answer.json()).forEach(surroundings::say);
        return answer.json().path("missing").isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }
}
