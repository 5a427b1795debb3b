package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.RunWatch;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Duty and failover in words. Pure: JSON in, lines out. */
final class FederationText {
    private FederationText() {}

    static List<String> status(JsonNode status) {
        List<String> lines = new ArrayList<>();
        String line = status.path("line").asString("");
        String own = status.path("datacenter").asString("");
        lines.add(
                line.isEmpty()
                        ? own + " " + status.path("duty").asString("")
                                + ", nothing has been decided yet ('twinspan federation init --active DATACENTER')"
                        : line);
        status.path("duties")
                .properties()
                .forEach(each ->
                        lines.add("  " + each.getKey() + "  " + each.getValue().asString("")));
        for (JsonNode peer : status.path("peers")) {
            String trouble = peer.path("trouble").asString("");
            lines.add("  peer " + peer.path("datacenter").asString("") + " follows " + epoch(peer.path("epoch"))
                    + (peer.path("heardMillisAgo").isNumber()
                            ? ", heard " + peer.path("heardMillisAgo").asLong(0) / 1_000 + " s ago"
                            : ", never heard")
                    + (trouble.isEmpty() ? "" : ": " + trouble));
        }
        for (JsonNode contested : status.path("conflict").path("contested")) {
            lines.add("CONFLICT: " + epoch(contested) + " was decided without knowledge of "
                    + epoch(status.path("epoch")) + ", or the other way round");
        }
        return lines;
    }

    static boolean isWell(JsonNode status) {
        return status.path("conflict").isNull() && status.path("confirmed").asBoolean(false);
    }

    static List<String> plan(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        lines.add((plan.path("go").asBoolean(false) ? "GO" : "NO-GO") + ": failover from "
                + plan.path("from").asString("none") + " to " + plan.path("to").asString(""));
        each(plan.path("found"), "  ", lines);
        each(plan.path("against"), "  AGAINST: ", lines);
        each(plan.path("losses"), "  --force would give up: ", lines);
        lines.add("steps:");
        each(plan.path("steps"), "  ", lines);
        lines.add("to run exactly this: twinspan failover run --to "
                + plan.path("to").asString("") + " --plan " + plan.path("plan").asString(""));
        return lines;
    }

    static List<String> runs(JsonNode status) {
        List<String> lines = new ArrayList<>();
        for (JsonNode run : status.path("runs")) {
            lines.add("run " + run.path("run").asString("") + " from "
                    + run.path("from").asString("") + " to "
                    + run.path("to").asString("") + ": " + run.path("state").asString("")
                    + (run.path("step").isString() ? " at " + run.path("step").stringValue() : "")
                    + (run.path("forced").asBoolean(false) ? ", forced" : "")
                    + (run.path("rehearsal").asBoolean(false) ? ", a rehearsal" : ""));
            run.path("notes").forEach(note -> lines.add("  " + RunWatch.text(note)));
        }
        if (lines.isEmpty()) {
            lines.add("no failover to " + status.path("datacenter").asString("") + " is known");
        }
        return lines;
    }

    /** Where the last run came from that was done and has decided on duty; empty when there is none. */
    static String lastFrom(JsonNode status) {
        for (JsonNode run : status.path("runs")) {
            boolean hasDecided = run.path("steps")
                    .valueStream()
                    .anyMatch(step -> step.asString("").equals("COMMIT"));
            if (hasDecided && run.path("state").asString("").equals("DONE")) {
                return run.path("from").asString("");
            }
        }
        return "";
    }

    private static String epoch(JsonNode epoch) {
        return epoch.isObject()
                ? "epoch " + epoch.path("number").asLong(0) + "/"
                        + epoch.path("issuer").asString("")
                : "no epoch";
    }

    private static void each(JsonNode list, String before, List<String> lines) {
        list.forEach(text -> lines.add(before + text.asString("")));
    }
}
