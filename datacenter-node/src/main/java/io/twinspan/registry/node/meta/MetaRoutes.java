package io.twinspan.registry.node.meta;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.http.RequestBody;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.PeerException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What the meta role answers on its HTTP port: the paths and texts that operators' scripts know. */
public final class MetaRoutes {
    private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;
    /** Header with what every operator should be told, whatever was asked. */
    private static final String NOTICE = "Twinspan-Notice";
    /** Header with the line on duty that belongs into every prompt. */
    private static final String DUTY = "Twinspan-Duty";

    private static final String HEALTH_TEXT = "MetaServerBoot sessionRegisterServer:true, dataRegisterServerStart:true,"
            + " otherMetaRegisterServerStart:true, httpServerStart:true, raftServerStart:true, raftClientStart:true,"
            + " raftManagerStart:true, raftStatus:";

    private final MetaRole role;

    /** @param role asked for every answer */
    public MetaRoutes(MetaRole role) {
        this.role = role;
    }

    /** All paths of the role. */
    public RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder all = route().GET("/health/check", request -> health(role.isHealthy()))
                .GET("/health/readiness", request -> health(role.isReady()))
                .GET("/digest/pushSwitch", request -> json(HttpStatus.OK, pushSwitch()))
                .GET(PushDesk.CLASSIC_CLOSE, this::change)
                .GET(PushDesk.CLASSIC_OPEN, this::change)
                .GET("/digest/{type}/node/query", this::nodes)
                .GET("/manage/queryPeer", request -> json(HttpStatus.OK, groupAddresses()))
                .GET("/persistentData/query", this::query)
                .GET("/meta/backup", request -> backup());
        role.desk().questions().forEach(path -> all.GET(path, this::show));
        role.desk().paths().forEach(path -> all.POST(path, this::change));
        all.POST(MoveDesk.PATH, request -> change(request, MoveDesk.SET));
        all.DELETE(MoveDesk.PATH, request -> change(request, MoveDesk.END));
        all.PUT(PolicyDesk.PATH, request -> change(request, PolicyDesk.CHANGE));
        return all.build();
    }

    private ServerResponse health(boolean isWell) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", isWell);
        body.put("message", HEALTH_TEXT + role.status().raftStatus());
        String duty = role.federationLine();
        return ServerResponse.status(isWell ? HttpStatus.OK : HttpStatus.INTERNAL_SERVER_ERROR)
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    if (!duty.isEmpty()) {
                        headers.set(DUTY, duty);
                    }
                })
                .body(body);
    }

    private ServerResponse nodes(ServerRequest request) {
        String type = request.pathVariable("type").toUpperCase(Locale.ROOT);
        return switch (type) {
            case "META" -> json(HttpStatus.OK, groupAddresses());
            case "DATA" -> json(HttpStatus.OK, memberAddresses(NodeRole.DATA, NodePort.DATA_FOR_SESSION));
            case "SESSION" -> json(HttpStatus.OK, memberAddresses(NodeRole.SESSION, NodePort.SESSION_CLIENT));
            default ->
                throw new IllegalArgumentException(
                        "node type '" + request.pathVariable("type") + "' is none of META, DATA, SESSION");
        };
    }

    private Map<String, Object> pushSwitch() {
        long now = role.nowMillis();
        PushSwitch value = role.state().push().inForce(now);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("stopPush", String.valueOf(value.wholePosition(now) == PushPosition.CLOSED));
        Set<String> grey = new TreeSet<>();
        value.tokens().stream()
                .filter(token -> token.scope().isWhole())
                .forEach(token -> grey.addAll(token.scope().grey()));
        if (!grey.isEmpty()) {
            body.put("grayPushSwitch", Map.of("opened", true, "ips", grey));
        }
        return body;
    }

    private List<String> groupAddresses() {
        GroupStatus group = role.status();
        return GroupForm.print(group.members(), group.self());
    }

    private List<String> memberAddresses(NodeRole of, NodePort port) {
        return plainest(role.state().cluster(role.datacenter()).inRole(of).stream()
                .map(member -> member.endpoints().get(port))
                .filter(endpoint -> endpoint != null)
                .toList());
    }

    /** Bare ips, as scripts expect them; with the port where several nodes share one. */
    private static List<String> plainest(List<Endpoint> endpoints) {
        boolean isOneEach = endpoints.stream().map(Endpoint::host).distinct().count() == endpoints.size();
        return endpoints.stream()
                .map(endpoint -> isOneEach ? endpoint.host() : endpoint.toString())
                .toList();
    }

    private ServerResponse backup() {
        try {
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Backup.write(role.datacenter(), role.state()).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalStateException tooMuch) {
            return failure(HttpStatus.INTERNAL_SERVER_ERROR, String.valueOf(tooMuch.getMessage()));
        }
    }

    private ServerResponse show(ServerRequest request) {
        return answered(role.desk().show(new OperatorCall(request.path(), rawQuery(request), "")));
    }

    private ServerResponse change(ServerRequest request) {
        return change(request, request.path());
    }

    private ServerResponse change(ServerRequest request, String path) {
        return answered(role.desk().take(new OperatorCall(path, rawQuery(request), body(request))));
    }

    private static String rawQuery(ServerRequest request) {
        String query = request.uri().getRawQuery();
        return query == null ? "" : query;
    }

    private ServerResponse answered(CompletionStage<OperatorAnswer> stage) {
        try {
            OperatorAnswer answer = stage.toCompletableFuture()
                    .get(role.settings().answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            String notice = role.notice();
            String duty = role.federationLine();
            return ServerResponse.status(answer.status())
                    .contentType(MediaType.APPLICATION_JSON)
                    .headers(headers -> {
                        if (!notice.isEmpty()) {
                            headers.set(NOTICE, notice);
                        }
                        if (!duty.isEmpty()) {
                            headers.set(DUTY, duty);
                        }
                    })
                    .body(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failure(HttpStatus.SERVICE_UNAVAILABLE, "this node is stopping");
        } catch (TimeoutException late) {
            return failure(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "the meta group has not answered within " + role.settings().answerWithin()
                            + "; the change may still happen");
        } catch (ExecutionException failed) {
            return failure(HttpStatus.SERVICE_UNAVAILABLE, PeerException.line(failed));
        }
    }

    private ServerResponse query(ServerRequest request) {
        DataInfoId id = request.param("dataInfoId")
                .map(DataInfoId::parse)
                .orElseGet(() -> new DataInfoId(
                        param(request, "dataId"), param(request, "instanceId"), param(request, "group")));
        ProvidedValue value = role.state().provided().get(id);
        if (value == null || value.data() == null) {
            return failure(HttpStatus.NOT_FOUND, "no value is stored for " + id);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", true);
        body.put("dataId", id.dataId());
        body.put("instanceId", id.instanceId());
        body.put("group", id.group());
        body.put("version", String.valueOf(value.version()));
        body.put("data", value.data());
        body.put("datacenters", List.of(role.datacenter().name()));
        return json(HttpStatus.OK, body);
    }

    private static String param(ServerRequest request, String name) {
        return request.param(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static String body(ServerRequest request) {
        int most = request.path().equals(OperatorDesk.RESTORE) ? Backup.MOST_TEXT_BYTES : MOST_BODY_BYTES;
        return RequestBody.text(request, most);
    }

    private static ServerResponse failure(HttpStatus status, String why) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("message", why);
        return json(status, body);
    }

    private static ServerResponse json(HttpStatus status, Object body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
