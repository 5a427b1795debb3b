package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.MetaClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** The option of commands that talk to a meta. */
final class MetaOption {
    static final String EAST = "127.0.0.1:9615";

    @Option(
            names = "--server",
            paramLabel = "HOST:HTTP_PORT",
            defaultValue = EAST,
            converter = ServerOption.EndpointConverter.class,
            description = "HTTP port of any meta of the datacenter; default ${DEFAULT-VALUE}, the demo's east"
                    + " (its west: 127.0.0.1:10615)")
    private Endpoint server = Endpoint.parse(EAST);

    MetaClient client() {
        return new MetaClient(server, Notices::note);
    }

    Endpoint server() {
        return server;
    }

    /** Asks for a change, tells what came of it, and gives the exit code. */
    int change(Surroundings surroundings, String path, String body) {
        MetaClient.Answer answer = client().post(path, body);
        if (answer.isDone()) {
            surroundings.say(answer.message().isEmpty() ? "done" : answer.message());
            return ExitCodes.OK;
        }
        surroundings.err().println("twinspan: refused by " + server + ": " + answer.message());
        return ExitCodes.FAILED;
    }

    /** A value as it may stand in a query. */
    static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
