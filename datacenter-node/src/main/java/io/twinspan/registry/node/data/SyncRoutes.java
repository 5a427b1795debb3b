package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.PeerLag;
import io.twinspan.registry.sync.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The sync with peer datacenters on the data role's HTTP port: how it stands, the proof that both sides agree, and letting go. */
public final class SyncRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SyncRoutes.class);
    private static final long VERIFY_SECONDS = 90;
    private static final int USUALLY_NAMED = 100;

    private final CrossDatacenterSync sync;

    /** Answers for this sync. */
    public SyncRoutes(CrossDatacenterSync sync) {
        this.sync = sync;
    }

    /** Status, verification, and release of what is held back. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/digest/sync", request -> json(HttpStatus.OK, SyncAnswers.shown(DataRoutes.get(sync.status()))))
                .GET("/digest/sync/verify", this::verify)
                .GET("/digest/sync/lag", this::lag)
                .GET("/digest/sync/held", this::held)
                .POST("/digest/sync/release", this::release)
                .build();
    }

    private ServerResponse verify(ServerRequest request) throws Exception {
        boolean isDeep = request.param("deep").map(Boolean::parseBoolean).orElse(false);
        List<Verification> all = sync.verify(isDeep).toCompletableFuture().get(VERIFY_SECONDS, TimeUnit.SECONDS);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("agreed", all.stream().allMatch(Verification::isAgreed));
        answer.put("deep", isDeep);
        answer.put("peers", all.stream().map(SyncAnswers::shown).toList());
        return json(HttpStatus.OK, answer);
    }

    private ServerResponse lag(ServerRequest request) throws Exception {
        List<PeerLag> lags = DataRoutes.get(sync.lag(most(request)));
        return json(
                HttpStatus.OK,
                Map.of("peers", lags.stream().map(SyncAnswers::shown).toList()));
    }

    private ServerResponse held(ServerRequest request) throws Exception {
        int most = most(request);
        List<Map<String, Object>> peers = new ArrayList<>();
        DataRoutes.get(sync.held()).forEach((peer, held) -> peers.add(SyncAnswers.held(peer, held, most)));
        return json(HttpStatus.OK, Map.of("peers", peers));
    }

    private static int most(ServerRequest request) {
        String top = request.param("top").orElse(Integer.toString(USUALLY_NAMED));
        if (!top.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("top is '" + top + "', not a number from 0 to 9999");
        }
        return Integer.parseInt(top);
    }

    private ServerResponse release(ServerRequest request) throws Exception {
        Optional<String> peer = request.param("peer");
        if (peer.isEmpty()) {
            return json(HttpStatus.BAD_REQUEST, Map.of("success", false, "message", "peer is missing"));
        }
        int released = DataRoutes.get(sync.release(new DatacenterId(peer.get())));
        LOG.info(
                "audit: {} by {}: peer={} services={}",
                request.path(),
                request.servletRequest().getRemoteAddr(),
                peer.get(),
                released);
        return json(HttpStatus.OK, Map.of("success", true, "released", released));
    }

    private static ServerResponse json(HttpStatus status, Map<String, ?> body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
