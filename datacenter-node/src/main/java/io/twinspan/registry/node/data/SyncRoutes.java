package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.PeerStatus;
import io.twinspan.registry.sync.SyncStatus;
import io.twinspan.registry.sync.Verification;
import io.twinspan.registry.sync.announce.TableCounts;
import io.twinspan.registry.sync.announce.TableFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    private final CrossDatacenterSync sync;

    /** Answers for this sync. */
    public SyncRoutes(CrossDatacenterSync sync) {
        this.sync = sync;
    }

    /** Status, verification, and release of what is held back. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/digest/sync", request -> json(HttpStatus.OK, shown(DataRoutes.get(sync.status()))))
                .GET("/digest/sync/verify", this::verify)
                .POST("/digest/sync/release", this::release)
                .build();
    }

    private ServerResponse verify(ServerRequest request) throws Exception {
        boolean isDeep = request.param("deep").map(Boolean::parseBoolean).orElse(false);
        List<Verification> all = sync.verify(isDeep).toCompletableFuture().get(VERIFY_SECONDS, TimeUnit.SECONDS);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("agreed", all.stream().allMatch(Verification::isAgreed));
        answer.put("deep", isDeep);
        answer.put("peers", all.stream().map(SyncRoutes::shown).toList());
        return json(HttpStatus.OK, answer);
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

    static Map<String, Object> shown(SyncStatus status) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("datacenter", status.own().name());
        answer.put("node", status.node().value());
        answer.put("writing", status.isConnected());
        answer.put("ledSlots", status.ledSlots());
        answer.put("announced", status.announced());
        answer.put("waiting", status.waiting());
        answer.put("notTaken", status.notTaken());
        answer.put("fulls", status.fulls());
        answer.put("peers", status.peers().stream().map(SyncRoutes::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(PeerStatus peer) {
        TableFacts facts = peer.facts();
        TableCounts counts = peer.counts();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", peer.peer().name());
        answer.put("state", peer.state().name());
        answer.put("stateSeconds", seconds(peer.stateFor()));
        answer.put("path", peer.path().name().toLowerCase(Locale.ROOT));
        answer.put("pathSeconds", seconds(peer.pathFor()));
        answer.put("reading", peer.isReading());
        answer.put("problem", facts.notHealing());
        answer.put("services", facts.services());
        answer.put("slotsInOrder", facts.slotsInOrder());
        answer.put("slotsInDoubt", facts.slotsInDoubt());
        answer.put("lagVersions", facts.lag());
        answer.put("lagSeconds", peer.lagSeconds());
        answer.put("inDoubtSeconds", seconds(facts.inDoubtFor()));
        answer.put("awaitsSummary", facts.awaitsSummary());
        answer.put("heldShrink", facts.held());
        answer.put("futureVersions", facts.aside());
        answer.put("changed", counts.changed());
        answer.put("repeated", counts.repeated());
        answer.put("refused", counts.refused());
        answer.put("poisoned", counts.poisoned());
        answer.put("laterFormat", counts.newer());
        answer.put("pulls", counts.pulls());
        answer.put("installed", counts.installed());
        answer.put("bytes", peer.bytes());
        answer.put("fetched", peer.fetched());
        answer.put("confirmed", peer.confirmed());
        answer.put("notAnswered", peer.notAnswered());
        answer.put("fetching", peer.waiting());
        answer.put("lastRecordMillis", peer.lastRecordMillis());
        return answer;
    }

    static Map<String, Object> shown(Verification found) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", found.peer().name());
        answer.put("agreed", found.isAgreed());
        answer.put("problem", found.problem());
        for (Verification.Verdict verdict : Verification.Verdict.values()) {
            answer.put(name(verdict), found.count(verdict));
        }
        answer.put("slots", found.slots().stream().map(SyncRoutes::shown).toList());
        answer.put(
                "differences",
                found.differences().stream().map(SyncRoutes::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(Verification.OfSlot slot) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slot", slot.slot().number());
        answer.put("verdict", name(slot.verdict()));
        slot.here().ifPresent(root -> answer.put("here", shown(root)));
        slot.there().ifPresent(root -> answer.put("there", shown(root)));
        return answer;
    }

    private static Map<String, Object> shown(SlotRoot root) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("incarnation", root.order().incarnation().toString());
        answer.put("epoch", root.order().epoch().toString());
        answer.put("sequence", Long.toString(root.order().sequence()));
        answer.put("count", root.count());
        answer.put("root", root.root().toString());
        return answer;
    }

    private static Map<String, Object> shown(Verification.Difference difference) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dataInfoId", difference.id().toString());
        answer.put("place", difference.place().name());
        difference.known().ifPresent(entry -> answer.put("known", shown(entry)));
        difference.found().ifPresent(entry -> answer.put("found", shown(entry)));
        return answer;
    }

    private static Map<String, Object> shown(DigestEntry entry) {
        return Map.of(
                "version",
                entry.version().toString(),
                "count",
                entry.count(),
                "contentHash",
                Integer.toHexString(entry.contentHash()));
    }

    private static String name(Verification.Verdict verdict) {
        return switch (verdict) {
            case AGREE -> "agree";
            case DIFFER -> "differ";
            case NOT_COMPARABLE_YET -> "notComparableYet";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static ServerResponse json(HttpStatus status, Map<String, ?> body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
