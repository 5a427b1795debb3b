package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where configuration has arrived, in words. Pure: JSON in, lines out. */
final class ConfigText {
    private static final int MOST_DATA = 80;

    private ConfigText() {}

    /** What the answer of a change says of datacenters. */
    static List<String> where(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        List<String> having = new ArrayList<>();
        answer.path("datacenters").forEach(each -> having.add(each.asString()));
        lines.add("in " + String.join(", ", having));
        answer.path("missing")
                .properties()
                .forEach(each -> lines.add(
                        "not in " + each.getKey() + ": " + each.getValue().asString()));
        return lines;
    }

    static List<String> history(JsonNode history) {
        List<String> lines = new ArrayList<>();
        for (JsonNode each : history.path("versions")) {
            String data =
                    each.path("data").isString() ? shortened(each.path("data").stringValue()) : "(removed)";
            lines.add("version " + each.path("version").asString() + "  "
                    + each.path("at").asString("at an unknown time") + "  "
                    + each.path("by").asString("") + "  " + data);
        }
        return lines;
    }

    static List<String> status(JsonNode status) {
        return status.has("datacenters") ? ofOne(status) : ofAll(status);
    }

    /** False when a datacenter or a consumer lags. */
    static boolean isWell(JsonNode status) {
        for (JsonNode each : status.path("peers")) {
            if (!each.path("state").asString("").equals("EQUAL")) {
                return false;
            }
        }
        for (JsonNode each : status.path("datacenters")) {
            if (!each.path("isCurrent").asBoolean(false)
                    || each.path("silentSessions").asInt(0) > 0) {
                return false;
            }
            for (JsonNode consumer : each.path("consumers")) {
                if (!consumer.path("isCurrent").asBoolean(false)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> ofOne(JsonNode status) {
        List<String> lines = new ArrayList<>();
        for (JsonNode each : status.path("datacenters")) {
            String name = each.path("datacenter").asString();
            if (!each.path("version").isString()) {
                lines.add(name + ": no answer. " + each.path("trouble").asString(""));
                continue;
            }
            List<String> lagging = new ArrayList<>();
            for (JsonNode consumer : each.path("consumers")) {
                if (!consumer.path("isCurrent").asBoolean(false)) {
                    lagging.add(consumer.path("client").asString() + " has "
                            + consumer.path("acknowledged").asString());
                }
            }
            int consumers = each.path("consumers").size();
            lines.add(name + ": version " + each.path("version").asString()
                    + (each.path("isCurrent").asBoolean(false) ? "" : " (not the newest)") + ", "
                    + (consumers - lagging.size()) + " of " + consumers + " consumers have it"
                    + (each.path("silentSessions").asInt(0) == 0
                            ? ""
                            : ", " + each.path("silentSessions").asInt() + " sessions do not answer"));
            lagging.forEach(line -> lines.add("  lags: " + line));
        }
        return lines;
    }

    private static List<String> ofAll(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add(status.path("datacenter").asString() + ": "
                + status.path("values").asInt(0) + " values, "
                + status.path("removed").asInt(0) + " removed");
        for (JsonNode each : status.path("peers")) {
            lines.add(each.path("datacenter").asString() + ": "
                    + each.path("state").asString() + ", compared "
                    + each.path("compared").asString("never") + ", "
                    + each.path("queued").asInt(0) + " waiting"
                    + (each.path("trouble").isString()
                            ? ", " + each.path("trouble").stringValue()
                            : ""));
        }
        for (JsonNode each : status.path("conflicts")) {
            lines.add("conflict: version " + each.path("version").asString() + " of "
                    + each.path("dataId").asString() + " (group "
                    + each.path("group").asString() + ") had other data in "
                    + each.path("peer").asString() + "; kept that of "
                    + each.path("kept").asString() + ", found "
                    + each.path("at").asString(""));
        }
        return lines;
    }

    private static String shortened(String data) {
        String line = data.replace("\n", "\\n");
        return line.length() <= MOST_DATA ? line : line.substring(0, MOST_DATA) + "…";
    }
}
