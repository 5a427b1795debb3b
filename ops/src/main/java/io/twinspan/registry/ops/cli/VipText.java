package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Vips and why they are answered as they are, in words. Pure: JSON in, lines out. */
final class VipText {
    private VipText() {}

    /** Reads {@code HOST:PORT,dc=DC,zone=Z,weight=N}. */
    static Map<String, Object> endpoint(String text) {
        String[] parts = text.split(",");
        Endpoint address = Endpoint.parse(parts[0].strip());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", address.host());
        fields.put("port", address.port());
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].strip().split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            switch (pair[0]) {
                case "dc" -> fields.put("datacenter", value);
                case "zone" -> fields.put("zone", value);
                case "weight" -> fields.put("weight", weight(value));
                default ->
                    throw new IllegalArgumentException(
                            "--endpoint '" + text + "' has '" + pair[0] + "', which is none of dc, zone, weight");
            }
        }
        if (!fields.containsKey("datacenter")) {
            throw new IllegalArgumentException("--endpoint '" + text + "' names no datacenter: add ,dc=NAME");
        }
        return fields;
    }

    static List<String> list(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode vip : answer.path("vips")) {
            String check = vip.path("check").path("kind").asString("NONE");
            String path = vip.path("check").path("path").asString("");
            lines.add(vip.path("domain").asString() + "  version "
                    + vip.path("version").asString() + "  check " + check
                    + (path.isEmpty() ? "" : " " + path) + "  protect "
                    + vip.path("protect").asInt(0) + " %"
                    + (vip.has("problem")
                            ? "  CANNOT BE USED: " + vip.path("problem").asString()
                            : ""));
            if (vip.has("service")) {
                lines.add("  service " + vip.path("service").path("dataId").asString() + " of group "
                        + vip.path("service").path("group").asString());
            }
            for (JsonNode endpoint : vip.path("endpoints")) {
                lines.add("  " + address(endpoint) + where(endpoint));
            }
        }
        if (lines.isEmpty()) {
            lines.add("No Vips.");
        }
        return lines;
    }

    static List<String> explanation(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        JsonNode place = answer.path("place");
        JsonNode epoch = answer.path("epoch");
        lines.add(answer.path("domain").asString() + " for "
                + place.path("datacenter").asString()
                + (place.path("zone").asString("").isEmpty()
                        ? ""
                        : ", zone " + place.path("zone").asString())
                + (epoch.isObject()
                        ? ", epoch " + epoch.path("number").asLong() + "/"
                                + epoch.path("issuer").asString()
                        : ", nothing decided about duty")
                + (answer.path("protected").asBoolean(false) ? ", PROTECTED: unhealthy ones are answered" : ""));
        for (JsonNode endpoint : answer.path("endpoints")) {
            lines.add((endpoint.path("in").asBoolean(false) ? "  in   " : "  out  ") + address(endpoint)
                    + where(endpoint) + "  " + endpoint.path("why").asString());
        }
        if (answer.path("endpoints").isEmpty()) {
            lines.add("  no addresses");
        }
        return lines;
    }

    private static String address(JsonNode endpoint) {
        return endpoint.path("host").asString() + ":" + endpoint.path("port").asInt(0);
    }

    private static String where(JsonNode endpoint) {
        String zone = endpoint.path("zone").asString("");
        return "  " + endpoint.path("datacenter").asString() + (zone.isEmpty() ? "" : "/" + zone) + "  weight "
                + endpoint.path("weight").asInt(0);
    }

    private static int weight(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("weight '" + value + "' is no whole number", wrong);
        }
    }
}
