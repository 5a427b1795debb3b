package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What is behind, as the data nodes' {@code /digest/sync/lag} tells it. Pure: JSON in, fields and lines out. */
final class SyncLagText {
    private final SyncNodes nodes;
    private final int top;

    /** @param top most slots, and most services, of all peers together */
    SyncLagText(SyncNodes nodes, int top) {
        this.nodes = nodes;
        this.top = top;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slotsBehind", sum("slotsBehind"));
        fields.put("slots", longest("slots"));
        fields.put("servicesBehind", sum("servicesBehind"));
        fields.put("services", longest("services"));
        fields.put("problems", nodes.problems());
        return fields;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> slot : longest("slots")) {
            lines.add("peer " + slot.get("peer") + " slot " + slot.get("slot") + ": "
                    + (isTrue(slot, "differing") ? "other content" : slot.get("versions") + " versions") + " for "
                    + seconds(slot) + ", asked " + slot.get("asked") + " times"
                    + (isTrue(slot, "notHealing") ? ", which does not help" : "") + ", on " + slot.get("node"));
        }
        for (Map<String, Object> service : longest("services")) {
            lines.add("peer " + service.get("peer") + " " + text(service, "dataInfoId") + ": held "
                    + text(service, "held") + ", announced " + text(service, "announced") + " " + seconds(service)
                    + " ago, on " + service.get("node"));
        }
        if (lines.isEmpty()) {
            lines.add("Nothing is behind.");
        } else {
            lines.add("In all: " + sum("slotsBehind") + " slots of which something is missing, " + sum("servicesBehind")
                    + " services to be fetched.");
        }
        return lines;
    }

    private int sum(String field) {
        return nodes.byPeer().values().stream()
                .flatMap(List::stream)
                .mapToInt(said -> said.body().path(field).asInt(0))
                .sum();
    }

    private List<Map<String, Object>> longest(String list) {
        List<Map<String, Object>> rows = new ArrayList<>();
        nodes.byPeer()
                .forEach((peer, all) ->
                        all.forEach(said -> said.body().path(list).forEach(each -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("peer", peer);
                            row.put("node", said.node());
                            each.properties().forEach(field -> row.put(field.getKey(), field.getValue()));
                            rows.add(row);
                        })));
        rows.sort(Comparator.comparingDouble(SyncLagText::age).reversed());
        return rows.stream().limit(top).toList();
    }

    private static double age(Map<String, Object> row) {
        return row.get("seconds") instanceof JsonNode number ? number.asDouble(0) : 0;
    }

    private static String seconds(Map<String, Object> row) {
        return String.format(Locale.ROOT, "%.1f s", age(row));
    }

    private static boolean isTrue(Map<String, Object> row, String field) {
        return row.get(field) instanceof JsonNode flag && flag.asBoolean(false);
    }

    private static String text(Map<String, Object> row, String field) {
        return row.get(field) instanceof JsonNode node ? node.asString("") : "";
    }
}
