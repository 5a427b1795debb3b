package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverFacts;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.SessionTotals;
import io.twinspan.registry.node.federation.FederationJson;
import io.twinspan.registry.node.json.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a datacenter is, as metas tell one another. */
final class SideJson {
    private SideJson() {}

    static String write(FailoverFacts.Side side) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        FederationEpoch epoch = side.epoch();
        fields.put("datacenter", side.datacenter().name());
        fields.put("epoch", epoch == null ? null : FederationJson.fields(epoch));
        fields.put("sessions", side.sessions());
        fields.put("clients", side.clients());
        fields.put("room", side.room());
        fields.put("silent", side.silent());
        fields.put("publishers", side.publishers());
        fields.put("services", side.services());
        fields.put("totals", totals(side.totals()));
        fields.put("settled", side.isSettled());
        fields.put("peers", side.peers().stream().map(SideJson::fields).toList());
        fields.put("running", side.running());
        return JsonMapper.shared().writeValueAsString(fields);
    }

    /** @throws IllegalArgumentException when this says nothing of a datacenter */
    static FailoverFacts.Side read(String text) {
        JsonNode side = JsonBody.object(text);
        JsonNode epoch = side.path("epoch");
        List<Holdings.OfPeer> peers = new ArrayList<>();
        for (JsonNode each : side.path("peers")) {
            peers.add(new Holdings.OfPeer(
                    new DatacenterId(each.path("peer").asString("")),
                    each.path("word").asString(""),
                    each.path("known").asInt(0),
                    each.path("held").asInt(0),
                    each.path("stale").asInt(0),
                    each.path("lagSeconds").asDouble(-1),
                    each.path("outdated").asInt(0),
                    each.path("byVersionOnly")
                            .valueStream()
                            .map(name -> name.asString(""))
                            .toList()));
        }
        return new FailoverFacts.Side(
                new DatacenterId(side.path("datacenter").asString("")),
                epoch.isObject()
                        ? new FederationEpoch(
                                epoch.path("number").asLong(0),
                                new DatacenterId(epoch.path("issuer").asString("")))
                        : null,
                side.path("sessions").asInt(0),
                side.path("clients").asInt(0),
                side.path("room").asInt(0),
                side.path("silent").asInt(0),
                side.path("publishers").asInt(0),
                side.path("services").asInt(0),
                new SessionTotals(
                        side.path("totals").path("publishers").asInt(0),
                        side.path("totals").path("subscribers").asInt(0),
                        side.path("totals").path("watchers").asInt(0)),
                side.path("settled").asBoolean(false),
                peers,
                side.path("running").asString(""));
    }

    private static Map<String, Object> fields(Holdings.OfPeer peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("peer", peer.peer().name());
        fields.put("word", peer.word());
        fields.put("known", peer.known());
        fields.put("held", peer.held());
        fields.put("stale", peer.stale());
        fields.put("lagSeconds", peer.lagSeconds());
        fields.put("outdated", peer.outdated());
        fields.put("byVersionOnly", peer.byVersionOnly());
        return fields;
    }

    /** What clients have registered, as operators have it. */
    static Map<String, Object> totals(SessionTotals totals) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("publishers", totals.publishers());
        fields.put("subscribers", totals.subscribers());
        fields.put("watchers", totals.watchers());
        return fields;
    }
}
