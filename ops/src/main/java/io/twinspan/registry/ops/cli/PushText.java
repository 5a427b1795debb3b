package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The push switch in words. Pure: JSON in, lines out. */
final class PushText {
    private PushText() {}

    static List<String> status(JsonNode status) {
        List<String> lines = new ArrayList<>();
        JsonNode tokens = status.path("tokens");
        String name = status.path("datacenter").asString("");
        lines.add(
                tokens.isEmpty()
                        ? "push is open in " + name + ", version "
                                + status.path("version").asString("0")
                        : "push is "
                                + (isWhole(status) ? status.path("position").asString() : "closed in part")
                                + " in " + name + " for "
                                + status.path("closedSeconds").asLong(0) + " s, version "
                                + status.path("version").asString("0"));
        tokens.forEach(token -> lines.add("  " + token(token)));
        int confirmed = 0;
        List<String> missing = new ArrayList<>();
        for (JsonNode session : status.path("sessions")) {
            if (session.path("confirmed").asBoolean(false)) {
                confirmed++;
            } else {
                missing.add("  NOT confirmed by " + session.path("node").asString() + " at "
                        + session.path("address").asString("an unknown address") + ", which obeys version "
                        + session.path("version").asString("0"));
            }
        }
        lines.add("confirmed by " + confirmed + " of " + status.path("sessions").size() + " sessions");
        lines.addAll(missing);
        if (status.path("remembered").isString()) {
            lines.add("REMEMBERED: " + status.path("remembered").stringValue());
        }
        return lines;
    }

    static List<String> preview(JsonNode preview) {
        List<String> lines = new ArrayList<>();
        lines.add("opening push in " + preview.path("datacenter").asString("") + " sends "
                + preview.path("pushes").asInt(0) + " lists: "
                + preview.path("clients").asInt(0) + " clients are behind in "
                + preview.path("services").asInt(0) + " services, on "
                + preview.path("sessions").asInt(0) + " sessions");
        preview.path("silentSessions").forEach(each -> lines.add("no answer from session " + each.asString()));
        return lines;
    }

    static boolean isConfirmed(JsonNode status) {
        for (JsonNode session : status.path("sessions")) {
            if (!session.path("confirmed").asBoolean(false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(JsonNode status) {
        return !status.path("position").asString("open").equals("open");
    }

    private static String token(JsonNode token) {
        StringBuilder line = new StringBuilder(token.path("position").asString())
                .append(" by ")
                .append(token.path("owner").asString())
                .append(" since ")
                .append(token.path("since").asString(""));
        line.append(
                token.path("until").isString() ? " until " + token.path("until").stringValue() : "");
        line.append(", group ").append(token.path("group").asString("*"));
        line.append(", service ").append(token.path("service").asString("*"));
        addresses(line, ", only for ", token.path("clients"));
        addresses(line, ", not for ", token.path("grey"));
        String reason = token.path("reason").asString("");
        return line.append(reason.isEmpty() ? "" : ": " + reason).toString();
    }

    private static void addresses(StringBuilder line, String words, JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(each -> all.add(each.asString()));
        if (!all.isEmpty()) {
            line.append(words).append(String.join(", ", all));
        }
    }
}
