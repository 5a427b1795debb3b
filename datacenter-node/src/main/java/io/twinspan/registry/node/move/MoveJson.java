package io.twinspan.registry.node.move;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.node.json.JsonBody;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Moves as operators and disks have them: {@code {"version":"7","run":"f1","epoch":7,"issuer":"west","source":"east","target":"west",
 * "stage":"committed","changed":"2026-01-01T10:00:00Z"}}.
 */
public final class MoveJson {
    private static final Set<String> WISHES = Set.of("run", "epoch", "issuer", "source", "target", "stage");

    private MoveJson() {}

    /** The fields of an order, in the order in which they are shown. */
    public static Map<String, @Nullable Object> fields(MoveOrder order) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", Long.toString(order.version()));
        fields.put("run", order.run());
        fields.put("epoch", order.epoch().number());
        fields.put("issuer", order.epoch().issuer().name());
        fields.put("source", order.source().name());
        fields.put("target", order.target().name());
        fields.put("stage", order.stage().word());
        fields.put("changed", Instant.ofEpochMilli(order.changedMillis()).toString());
        return fields;
    }

    /** The fields of a progress. */
    public static Map<String, @Nullable Object> fields(MoveProgress progress) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", progress.run());
        fields.put("connectionsLeft", progress.connectionsLeft());
        fields.put("closed", progress.closed());
        fields.put("awaited", progress.awaited());
        fields.put("moving", progress.moving());
        fields.put("over", progress.over());
        fields.put("overdue", progress.overdue());
        fields.put("missing", progress.missing());
        fields.put("unknown", progress.unknown());
        fields.put("notOver", progress.notOver());
        return fields;
    }

    /**
     * What somebody asks for; what it should not have is refused, because a misspelt field would be none.
     *
     * @param own the datacenter that is asked: whose clients go where no source is named
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static MoveOrder wish(String text, DatacenterId own, long nowMillis) {
        JsonNode body = JsonBody.object(text);
        JsonBody.refuseOthers(body, WISHES, "the body");
        DatacenterId target = new DatacenterId(text(body, "target"));
        return new MoveOrder(
                1,
                text(body, "run"),
                epoch(body),
                body.has("source") ? new DatacenterId(text(body, "source")) : own,
                target,
                body.has("stage") ? MoveStage.ofWord(text(body, "stage")) : MoveStage.COMMITTED,
                nowMillis);
    }

    static String write(MoveOrder order) {
        return JsonMapper.shared().writeValueAsString(fields(order));
    }

    static MoveOrder read(String text) {
        JsonNode body = JsonBody.object(text);
        try {
            return new MoveOrder(
                    Long.parseLong(text(body, "version")),
                    text(body, "run"),
                    epoch(body),
                    new DatacenterId(text(body, "source")),
                    new DatacenterId(text(body, "target")),
                    MoveStage.ofWord(text(body, "stage")),
                    Instant.parse(text(body, "changed")).toEpochMilli());
        } catch (NumberFormatException | DateTimeParseException wrong) {
            throw new IllegalArgumentException("a move with a number or a time that is none", wrong);
        }
    }

    private static FederationEpoch epoch(JsonNode body) {
        JsonNode number = body.path("epoch");
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "epoch is not the number of the federation epoch of the move: " + number);
        }
        return new FederationEpoch(number.longValue(), new DatacenterId(text(body, "issuer")));
    }

    private static String text(JsonNode object, String name) {
        JsonNode field = object.path(name);
        if (!field.isString() || field.stringValue().isBlank()) {
            throw new IllegalArgumentException(
                    field.isMissingNode() ? name + " is missing" : name + " is no string, or an empty one");
        }
        return field.stringValue();
    }
}
