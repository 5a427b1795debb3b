package io.twinspan.registry.node.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is known of duty as operators and disks have it. */
public final class FederationJson {
    /** Where it is asked for, on every HTTP port of a node. */
    public static final String STATUS_PATH = "/federation/v1/status";

    private FederationJson() {}

    /** The fields of a view, in the order in which they are shown. */
    public static Map<String, @Nullable Object> fields(FederationView view) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("datacenter", view.own().name());
        fields.put("duty", view.duty().name());
        fields.put("epoch", view.epoch().map(FederationJson::fields).orElse(null));
        fields.put("duties", duties(view.state()));
        fields.put("confirmed", view.isConfirmedByPeers());
        fields.put(
                "unconfirmedBy",
                view.unconfirmed().stream().map(DatacenterId::name).sorted().toList());
        fields.put(
                "conflict",
                view.state().isConflict()
                        ? Map.of("contested", epochs(view.state().contested()))
                        : null);
        fields.put("line", view.line());
        return fields;
    }

    /** A view as JSON. */
    public static String write(FederationView view) {
        return JsonMapper.shared().writeValueAsString(fields(view));
    }

    static String write(FederationState state) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        FederationEpoch epoch = state.epoch();
        fields.put("epoch", epoch == null ? null : fields(epoch));
        fields.put("duties", duties(state));
        fields.put("lineage", epochs(state.lineage()));
        fields.put("settled", epochs(state.settled()));
        fields.put("contested", epochs(state.contested()));
        return JsonMapper.shared().writeValueAsString(fields);
    }

    /** @throws IllegalArgumentException when this is no state */
    static FederationState read(String text) {
        JsonNode body;
        try {
            body = JsonMapper.shared().readTree(text);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("no JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
        Map<DatacenterId, Duty> duties = new HashMap<>();
        body.path("duties")
                .properties()
                .forEach(each -> duties.put(
                        new DatacenterId(each.getKey()),
                        Duty.valueOf(each.getValue().asString(""))));
        JsonNode epoch = body.path("epoch");
        return new FederationState(
                epoch.isObject() ? epoch(epoch) : null,
                duties,
                epochs(body.path("lineage")),
                Set.copyOf(epochs(body.path("settled"))),
                Set.copyOf(epochs(body.path("contested"))));
    }

    /** An epoch, as {@code {"number":7,"issuer":"west"}}. */
    public static Map<String, Object> fields(FederationEpoch epoch) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", epoch.number());
        fields.put("issuer", epoch.issuer().name());
        return fields;
    }

    private static Map<String, String> duties(FederationState state) {
        Map<String, String> duties = new TreeMap<>();
        state.duties().forEach((datacenter, duty) -> duties.put(datacenter.name(), duty.name()));
        return duties;
    }

    private static List<Map<String, Object>> epochs(Collection<FederationEpoch> epochs) {
        return epochs.stream().sorted().map(FederationJson::fields).toList();
    }

    private static List<FederationEpoch> epochs(JsonNode list) {
        List<FederationEpoch> epochs = new ArrayList<>();
        list.forEach(each -> epochs.add(epoch(each)));
        return epochs;
    }

    private static FederationEpoch epoch(JsonNode node) {
        return new FederationEpoch(
                node.path("number").asLong(0),
                new DatacenterId(node.path("issuer").asString("")));
    }
}
