package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** An operator's word on a peer that is lost, for this data node. */
final class ForeignRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRoutes.class);

    private final DataRole role;

    ForeignRoutes(DataRole role) {
        this.role = role;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/peers/withdraw", request -> change(request, true))
                .POST("/peers/restore", request -> change(request, false))
                .build();
    }

    private ServerResponse change(ServerRequest request, boolean isLost) throws Exception {
        Map<String, Object> body = request.body(new ParameterizedTypeReference<Map<String, Object>>() {});
        if (!(body.get("peer") instanceof String peer)) {
            throw new IllegalArgumentException("the body must be {\"peer\": \"<datacenter>\"}");
        }
        Set<DatacenterId> lost = DataRoutes.get(role.withdraw(new DatacenterId(peer), isLost));
        LOG.info(
                "audit: {} by {}: peer={}",
                request.path(),
                request.servletRequest().getRemoteAddr(),
                peer);
        List<String> names = lost.stream().map(DatacenterId::name).sorted().toList();
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("success", true, "withdrawn", names));
    }
}
