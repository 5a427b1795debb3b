package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.node.http.RequestBody;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.subscription.Subscriber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** The session's HTTP paths, as operators' scripts and official clients know them. */
public final class SessionRoutes {
    private static final long ANSWER_SECONDS = 5;
    private static final int MOST_CONNECTIONS = 10_000;

    private final SessionRole role;
    private final ClusterView view;
    private final BooleanSupplier isServing;

    /** @param isServing true while the client port accepts connections */
    public SessionRoutes(SessionRole role, ClusterView view, BooleanSupplier isServing) {
        this.role = role;
        this.view = view;
        this.isServing = isServing;
    }

    /** All paths. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/health/check", request -> health())
                .GET(
                        "/digest/pushSwitch",
                        request -> json(Map.of("pushSwitch", role.isPushClosed() ? "closed" : "open")))
                .GET("/digest/data/count", request -> counts())
                .POST("/digest/pub/connect/query", this::publishers)
                .POST("/digest/sub/connect/query", this::subscribers)
                .GET(
                        "/connections/query",
                        request -> json(await(role.inspection().connections())))
                .GET("/manage/drain", request -> draining(""))
                .POST("/manage/drain", this::setDraining)
                .POST("/api/clients/off", request -> setOff(request, true))
                .POST("/api/clients/on", request -> setOff(request, false))
                .build();
    }

    private ServerResponse health() {
        boolean hasTable = !view.current().table().slots().isEmpty();
        boolean isHealthy = isServing.getAsBoolean() && hasTable;
        String message = "SessionServerBoot sessionServerStart:" + isServing.getAsBoolean() + ", slotTable:" + hasTable;
        return ServerResponse.status(isHealthy ? HttpStatus.OK : HttpStatus.INTERNAL_SERVER_ERROR)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", isHealthy, "message", message));
    }

    private ServerResponse counts() {
        SessionInspection.Counts counts = await(role.inspection().counts());
        return text("Subscriber count: " + counts.subscribers() + ", Publisher count: " + counts.publishers()
                + ", Watcher count: " + counts.watchers());
    }

    private ServerResponse publishers(ServerRequest request) {
        List<String> addresses = strings(RequestBody.tree(request), "the body");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SessionInspection.PublisherRow row : await(role.inspection().publishers(addresses))) {
            Publisher publisher = row.publisher();
            Map<String, Object> fields = row(row.service(), publisher.id().value());
            fields.put("version", Long.toString(publisher.order().clientVersion()));
            fields.put("cell", publisher.zone());
            fields.put("appName", publisher.appName());
            fields.put("sourceAddress", publisher.client());
            fields.put("dataList", publisher.addresses());
            fields.put("off", row.isOff());
            rows.add(fields);
        }
        return json(rows.isEmpty() ? Map.of() : Map.of("PUB", rows));
    }

    private ServerResponse subscribers(ServerRequest request) {
        List<String> addresses = strings(RequestBody.tree(request), "the body");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Subscriber each : await(role.inspection().subscribers(addresses))) {
            Map<String, Object> fields = row(each.service(), each.registId());
            fields.put("scope", each.scope().wireName());
            rows.add(fields);
        }
        return json(rows.isEmpty() ? Map.of() : Map.of("SUB", rows));
    }

    private ServerResponse setOff(ServerRequest request, boolean isOff) {
        List<String> addresses = strings(RequestBody.tree(request).path("connectIds"), "connectIds");
        List<String> found = await(role.setOff(addresses, isOff));
        String message = found.size() + " of " + addresses.size() + " are connected here and " + (isOff ? "off" : "on");
        List<String> listed = isOff ? List.of() : await(role.offByAddress(found));
        if (!listed.isEmpty()) {
            message += "; " + listed + " stay off because their addresses are off in this datacenter: POST"
                    + " /clientManager/clientOpen to a meta, with ips=IP, puts an address on";
        }
        return json(Map.of("success", true, "message", message));
    }

    private ServerResponse setDraining(ServerRequest request) {
        JsonNode wanted = RequestBody.tree(request).path("isDraining");
        if (!wanted.isBoolean()) {
            throw new IllegalArgumentException("isDraining must be true or false");
        }
        await(role.setDraining(wanted.booleanValue()));
        return draining(
                wanted.booleanValue()
                        ? "clients are sent to other sessions, and this one is out of their lists"
                        : "clients are taken again");
    }

    private ServerResponse draining(String message) {
        SessionInspection.Counts counts = await(role.inspection().counts());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("message", message);
        answer.put("isDraining", role.isDraining());
        answer.put("connections", counts.connections());
        return json(answer);
    }

    private static Map<String, Object> row(DataInfoId service, String registId) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataInfoId", service.toString());
        fields.put("dataId", service.dataId());
        fields.put("group", service.group());
        fields.put("instanceId", service.instanceId());
        fields.put("registerId", registId);
        return fields;
    }

    /** Scripts of classic operators append the session's own address to the client's; only the client's counts. */
    private static List<String> strings(JsonNode array, String field) {
        if (!array.isArray() || array.size() > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    field + " must be a JSON array of at most " + MOST_CONNECTIONS + " \"ip:port\"");
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode each : array) {
            if (!each.isString()) {
                throw new IllegalArgumentException(field + " must hold only strings \"ip:port\", not " + each);
            }
            String client = each.stringValue().strip();
            int end = client.indexOf('_');
            strings.add(
                    Endpoint.parse(end < 0 ? client : client.substring(0, end)).toString());
        }
        return strings;
    }

    private static ServerResponse text(String body) {
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(body);
    }

    private static ServerResponse json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the session was asked", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("the session did not answer", failure);
        }
    }
}
