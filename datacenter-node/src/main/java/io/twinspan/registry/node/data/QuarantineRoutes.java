package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.http.RequestBody;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.type.TypeReference;

/** What is held on this data node, and an operator's word on it. */
final class QuarantineRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineRoutes.class);

    private final DataRole role;

    QuarantineRoutes(DataRole role) {
        this.role = role;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/digest/quarantine", request -> list())
                .POST("/quarantine/release", request -> change(request, role::releaseQuarantined))
                .POST("/quarantine/confirm", request -> change(request, role::confirmQuarantined))
                .build();
    }

    private ServerResponse list() throws Exception {
        List<Map<String, Object>> services = DataRoutes.get(role.quarantined()).stream()
                .sorted(Comparator.comparing(each -> each.service().toString()))
                .map(QuarantineRoutes::shown)
                .toList();
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", true, "services", services));
    }

    private ServerResponse change(
            ServerRequest request, Function<QuarantineChoice, CompletionStage<QuarantineChange>> act) throws Exception {
        QuarantineChoice choice =
                QuarantineChoice.parse(RequestBody.as(new TypeReference<Map<String, Object>>() {}, request));
        QuarantineChange change = DataRoutes.get(act.apply(choice));
        LOG.info(
                "audit: {} by {}: all={} services={} publishers={}",
                request.path(),
                request.servletRequest().getRemoteAddr(),
                choice.equals(QuarantineChoice.ALL),
                change.services(),
                change.publishers());
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", true, "services", change.services(), "publishers", change.publishers()));
    }

    private static Map<String, Object> shown(QuarantineReport report) {
        DataInfoId service = report.service();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("dataId", service.dataId());
        one.put("instanceId", service.instanceId());
        one.put("group", service.group());
        one.put("held", report.held());
        one.put("listed", report.listed());
        Map<RemovalCause, Integer> causes = new TreeMap<>(report.causes());
        one.put("causes", causes);
        one.put(
                "sources",
                report.sessions().stream().map(NodeId::value).sorted().toList());
        one.put("since", Instant.ofEpochMilli(report.sinceMillis()).toString());
        one.put("isConfirmed", report.untilMillis() == 0);
        if (report.untilMillis() != 0) {
            one.put("until", Instant.ofEpochMilli(report.untilMillis()).toString());
        }
        return one;
    }
}
