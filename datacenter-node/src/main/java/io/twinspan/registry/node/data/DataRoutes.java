package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.node.http.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import tools.jackson.core.type.TypeReference;

/** The paths of the data role's HTTP port that operators' scripts know. */
public final class DataRoutes {
    private static final long ANSWER_SECONDS = 5;
    private static final int MOST_CLIENTS = 1_000;

    private final DataRole role;

    /** Answers for this role. */
    public DataRoutes(DataRole role) {
        this.role = role;
    }

    /** Health, counts, and what a client has published. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/health/check", request -> health())
                .GET("/digest/datum/count", request -> count())
                .POST("/digest/connect/query", this::published)
                .add(new QuarantineRoutes(role).routes())
                .build();
    }

    /** Every client of a query as {@code ip:port}: the key when it names a port, else key and value. */
    static List<String> clients(Map<String, String> query) {
        if (query.size() > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    query.size() + " clients are more than the " + MOST_CLIENTS + " allowed in one query");
        }
        List<String> clients = new ArrayList<>();
        query.forEach((key, value) -> clients.add(client(key, value)));
        return clients;
    }

    private static String client(String key, String value) {
        String text = key.indexOf(':') > 0 ? key : key + ":" + value;
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || port.isEmpty() || port.length() > 5 || !port.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("'" + key + "': '" + value
                    + "' is neither \"clientIP\": \"clientPort\" nor \"clientIP:port\": \"sessionIP:port\"");
        }
        return text;
    }

    private ServerResponse health() throws Exception {
        DataReport report = get(role.report());
        String message = "DataServerBoot dataSlotsAssigned:" + report.assigned() + ", dataSlotsWorking:"
                + report.led() + ", dataSlotsSettled:" + report.settled()
                + (report.store().problem().isEmpty()
                        ? ""
                        : ", store:" + report.store().problem());
        HttpStatus status = report.isWorking() ? HttpStatus.OK : HttpStatus.INTERNAL_SERVER_ERROR;
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", report.isWorking(), "message", message));
    }

    private ServerResponse count() throws Exception {
        DataReport report = get(role.report());
        StringBuilder text = new StringBuilder("Publisher count: ")
                .append(report.own().publishers())
                .append(", Datum count: ")
                .append(report.own().datums());
        for (Map.Entry<DatacenterId, DataReport.Count> peer : new TreeMap<>(report.foreign()).entrySet()) {
            text.append("\nHeld of ")
                    .append(peer.getKey())
                    .append(": Publisher count: ")
                    .append(peer.getValue().publishers())
                    .append(", Datum count: ")
                    .append(peer.getValue().datums());
        }
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(text.toString());
    }

    private ServerResponse published(ServerRequest request) throws Exception {
        Map<String, String> query = RequestBody.as(new TypeReference<Map<String, String>>() {}, request);
        Map<String, Object> answer = new TreeMap<>();
        get(role.publishedBy(clients(query))).forEach((client, services) -> answer.put(client, shown(services)));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    private static Map<String, Object> shown(Map<DataInfoId, List<Publisher>> services) {
        Map<String, Object> byRegistration = new TreeMap<>();
        services.forEach((service, publishers) -> {
            for (Publisher publisher : publishers) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("dataId", service.dataId());
                one.put("instanceId", service.instanceId());
                one.put("group", service.group());
                one.put("zone", publisher.zone());
                one.put("appName", publisher.appName());
                one.put("version", Long.toString(publisher.order().clientVersion()));
                one.put("addresses", publisher.addresses());
                byRegistration.put(publisher.id().value(), one);
            }
        });
        return byRegistration;
    }

    static <T> T get(CompletionStage<T> answer) throws InterruptedException, TimeoutException {
        try {
            return answer.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the data role could not answer", failed.getCause());
        }
    }
}
