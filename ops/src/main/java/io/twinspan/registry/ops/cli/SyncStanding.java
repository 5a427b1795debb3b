package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the sync stands, as the data nodes' {@code /digest/sync} tells it. Pure: JSON in, fields and lines out. */
final class SyncStanding {
    private static final List<String> STATES =
            List.of("OFF", "SYNCED", "LAGGING", "STALE", "UNREACHABLE", "INCOMPATIBLE");
    private static final List<String> PATHS = List.of("kafka", "direct", "none");
    private static final List<String> BREAKERS = List.of("closed", "half_open", "open");
    private static final List<String> LARGEST =
            List.of("lagVersions", "services", "heldShrink", "futureVersions", "slotsInDoubt");
    private static final List<String> SUMS = List.of(
            "pulls",
            "bytes",
            "fetched",
            "fetching",
            "notAnswered",
            "fetchesRefused",
            "poisoned",
            "laterFormat",
            "refused");
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;

    private final SyncNodes nodes;

    SyncStanding(SyncNodes nodes) {
        this.nodes = nodes;
    }

    /** True when every node answered and everything of every peer is known. */
    boolean isWell() {
        return nodes.problems().isEmpty()
                && peers().stream()
                        .allMatch(peer -> "SYNCED".equals(peer.get("state")) || "OFF".equals(peer.get("state")));
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("isWell", isWell());
        fields.put("peers", peers());
        fields.put("problems", nodes.problems());
        return fields;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        nodes.byPeer().forEach((peer, said) -> {
            lines.add("peer " + line(one(peer, said)));
            if (said.size() > 1) {
                said.forEach(each -> lines.add("  " + line(one(each.node(), List.of(each)))));
            }
        });
        return lines;
    }

    private List<Map<String, Object>> peers() {
        List<Map<String, Object>> peers = new ArrayList<>();
        nodes.byPeer().forEach((peer, said) -> {
            Map<String, Object> one = one(peer, said);
            Map<String, JsonNode> byNode = new LinkedHashMap<>();
            said.forEach(each -> byNode.put(each.node(), each.body()));
            one.put("nodes", byNode);
            peers.add(one);
        });
        return peers;
    }

    /** What several nodes say of one peer as one: the worst word, the largest lag, the sum of what was done. */
    private static Map<String, Object> one(String name, List<SyncNodes.Said> said) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("peer", name);
        putWorst(one, said, "state", "stateSeconds", STATES);
        putWorst(one, said, "path", "pathSeconds", PATHS);
        boolean isLagKnown =
                said.stream().allMatch(each -> each.body().path("lagSeconds").isNumber());
        one.put("lagSeconds", isLagKnown ? largest(said, "lagSeconds") : null);
        LARGEST.forEach(field -> one.put(field, (long) largest(said, field)));
        SUMS.forEach(field -> one.put(field, (long) said.stream()
                .mapToDouble(each -> each.body().path(field).asDouble(0))
                .sum()));
        one.put("breaker", worst(said, "breaker", BREAKERS));
        one.put(
                "problem",
                said.stream()
                        .map(each -> each.body().path("problem").asString(""))
                        .filter(problem -> !problem.isEmpty())
                        .findFirst()
                        .orElse(""));
        return one;
    }

    private static void putWorst(
            Map<String, Object> one, List<SyncNodes.Said> said, String field, String since, List<String> words) {
        String worst = worst(said, field, words);
        one.put(field, worst);
        one.put(
                since,
                said.stream()
                        .filter(each -> each.body().path(field).asString("").equals(worst))
                        .mapToDouble(each -> each.body().path(since).asDouble(0))
                        .max()
                        .orElse(0));
    }

    private static String worst(List<SyncNodes.Said> said, String field, List<String> words) {
        int worst = 0;
        for (SyncNodes.Said each : said) {
            worst = Math.max(worst, words.indexOf(each.body().path(field).asString("")));
        }
        return words.get(worst);
    }

    private static double largest(List<SyncNodes.Said> said, String field) {
        return said.stream()
                .mapToDouble(each -> each.body().path(field).asDouble(0))
                .max()
                .orElse(0);
    }

    private static String line(Map<String, Object> one) {
        StringBuilder line = new StringBuilder();
        line.append(one.get("peer"))
                .append(": ")
                .append(one.get("state"))
                .append(" for ")
                .append(time(one.get("stateSeconds")))
                .append(", path ")
                .append(one.get("path"))
                .append(" for ")
                .append(time(one.get("pathSeconds")))
                .append(", lag ")
                .append(one.get("lagVersions"))
                .append(" versions, ")
                .append(lag(one.get("lagSeconds")))
                .append(", ")
                .append(one.get("services"))
                .append(" services, ")
                .append(one.get("pulls"))
                .append(" pulls, ")
                .append(one.get("bytes"))
                .append(" bytes, ")
                .append(one.get("fetched"))
                .append(" fetched, ")
                .append(one.get("fetching"))
                .append(" waiting, ")
                .append(one.get("notAnswered"))
                .append(" unanswered, breaker ")
                .append(one.get("breaker"));
        note(line, one, "heldShrink", " HELD, see 'sync hold list'");
        note(line, one, "futureVersions", " versions too far in the future");
        note(line, one, "poisoned", " records unreadable");
        note(line, one, "laterFormat", " records of a later format");
        Object problem = one.get("problem");
        return line + ("".equals(problem) ? "" : "; " + problem);
    }

    private static void note(StringBuilder line, Map<String, Object> one, String field, String words) {
        if (!Long.valueOf(0).equals(one.get(field))) {
            line.append(", ").append(one.get(field)).append(words);
        }
    }

    private static String lag(@Nullable Object seconds) {
        return seconds instanceof Double number ? String.format(Locale.ROOT, "%.1f s", number) : "never complete yet";
    }

    private static String time(@Nullable Object seconds) {
        long whole = seconds instanceof Double number ? number.longValue() : 0;
        long minutes = whole / SECONDS_A_MINUTE;
        if (minutes == 0) {
            return whole + " s";
        }
        long hours = minutes / MINUTES_AN_HOUR;
        return hours == 0
                ? minutes + " min " + whole % SECONDS_A_MINUTE + " s"
                : hours + " h " + minutes % MINUTES_AN_HOUR + " min";
    }
}
