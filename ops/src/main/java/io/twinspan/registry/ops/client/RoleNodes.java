package io.twinspan.registry.ops.client;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The nodes of one datacenter that have a role, found through its meta and spoken to on their HTTP ports. */
public final class RoleNodes {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Endpoint meta;
    private final NodeRole role;
    private final int httpPort;
    private final Duration patience;

    /**
     * What one node said.
     *
     * @param status of HTTP; 0 when it did not answer
     * @param problem empty when it answered as it should
     */
    public record Answer(Endpoint node, int status, JsonNode body, String problem) {
        /** True when the node did what it was asked. */
        public boolean isGood() {
            return problem.isEmpty();
        }
    }

    /**
     * @param meta HTTP port of any meta
     * @param httpPort of every node in that role; 0 for the one that belongs to a meta at this port
     */
    public RoleNodes(Endpoint meta, NodeRole role, int httpPort) {
        this(meta, role, httpPort, PATIENCE);
    }

    private RoleNodes(Endpoint meta, NodeRole role, int httpPort, Duration patience) {
        this.meta = meta;
        this.role = role;
        this.httpPort = httpPort;
        this.patience = patience;
    }

    /** The same nodes, each given so much time to answer. */
    public RoleNodes withPatience(Duration longest) {
        return new RoleNodes(meta, role, httpPort, longest);
    }

    /**
     * Asks each of them for a path.
     *
     * @throws UnreachableException when meta does not answer, or knows none
     */
    public List<Answer> get(String path) {
        return each(path, HttpRequest.newBuilder().GET());
    }

    /**
     * Posts JSON to each of them.
     *
     * @throws UnreachableException when meta does not answer, or knows none
     */
    public List<Answer> post(String path, Object body) {
        return each(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** The HTTP address of a node as meta names it: an ip, or where several share one, ip and the port that meta knows it by. */
    static Endpoint http(String named, Endpoint meta, NodeRole role, int httpPort) {
        boolean isShared = named.indexOf(':') > 0;
        int offset = isShared
                ? Endpoint.parse(named).port() - known(role).defaultNumber()
                : meta.port() - NodePort.META_HTTP.defaultNumber();
        String host = isShared ? Endpoint.parse(named).host() : named;
        return new Endpoint(host, httpPort > 0 ? httpPort : http(role).defaultNumber() + offset);
    }

    private static NodePort http(NodeRole role) {
        return switch (role) {
            case META -> NodePort.META_HTTP;
            case DATA -> NodePort.DATA_HTTP;
            case SESSION -> NodePort.SESSION_HTTP;
        };
    }

    private static NodePort known(NodeRole role) {
        return switch (role) {
            case META -> NodePort.META_RAFT;
            case DATA -> NodePort.DATA_FOR_SESSION;
            case SESSION -> NodePort.SESSION_CLIENT;
        };
    }

    private List<Answer> each(String path, HttpRequest.Builder request) {
        Answer named = ask(
                meta,
                "/digest/" + role + "/node/query",
                HttpRequest.newBuilder().GET());
        if (!named.isGood() || !named.body().isArray()) {
            throw new UnreachableException("no meta at " + meta + ": " + named.problem()
                    + ". Name another with --server HOST:HTTP_PORT (9615 unless configured otherwise).");
        }
        List<Endpoint> nodes = new ArrayList<>();
        named.body().forEach(node -> nodes.add(http(node.asString(), meta, role, httpPort)));
        if (nodes.isEmpty()) {
            throw new UnreachableException("the meta at " + meta + " knows no "
                    + role.name().toLowerCase(Locale.ROOT) + " node; is one running?");
        }
        return nodes.stream().map(node -> ask(node, path, request)).toList();
    }

    private Answer ask(Endpoint node, String path, HttpRequest.Builder request) {
        String problem;
        int status = 0;
        try {
            HttpResponse<String> answer = http.send(
                    request.copy()
                            .uri(URI.create("http://" + node + path))
                            .timeout(patience)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            JsonNode body = JSON.readTree(answer.body());
            if (status == OK) {
                return new Answer(node, status, body, "");
            }
            problem = "it answered " + status + " " + body.path("message").asString("");
        } catch (IOException | IllegalArgumentException silent) {
            problem = "it does not answer (" + (silent.getMessage() == null ? silent : silent.getMessage()) + ")";
        } catch (JacksonException noJson) {
            problem = "its answer is no JSON, so this is another kind of server";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            problem = "interrupted while waiting for it";
        }
        return new Answer(node, status, JSON.createObjectNode(), problem);
    }
}
