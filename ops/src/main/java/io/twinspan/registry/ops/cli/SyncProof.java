package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What comparing has found, as the data nodes' {@code /digest/sync/verify} tells it. Pure: JSON in, fields and lines out. */
final class SyncProof {
    private final SyncNodes nodes;
    private final boolean isDeep;

    SyncProof(SyncNodes nodes, boolean isDeep) {
        this.nodes = nodes;
        this.isDeep = isDeep;
    }

    /** True when every node answered, every slot could be compared, and nothing differs. */
    boolean isAgreed() {
        return nodes.problems().isEmpty()
                && nodes.byPeer().values().stream()
                        .flatMap(List::stream)
                        .allMatch(said -> said.body().path("agreed").asBoolean(false));
    }

    Map<String, Object> fields() {
        List<Map<String, Object>> peers = new ArrayList<>();
        nodes.byPeer().forEach((peer, said) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("peer", peer);
            one.put(
                    "agreed",
                    said.stream().allMatch(each -> each.body().path("agreed").asBoolean(false)));
            one.put("differences", differences(said));
            Map<String, JsonNode> byNode = new LinkedHashMap<>();
            said.forEach(each -> byNode.put(each.node(), each.body()));
            one.put("nodes", byNode);
            peers.add(one);
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("agreed", isAgreed());
        fields.put("deep", isDeep);
        fields.put("peers", peers);
        fields.put("problems", nodes.problems());
        return fields;
    }

    /** @param isAll also the places of slots that agree, or could not be compared */
    List<String> lines(boolean isAll) {
        List<String> lines = new ArrayList<>();
        nodes.byPeer().forEach((peer, said) -> {
            for (SyncNodes.Said each : said) {
                lines.add(headline(peer, each));
                for (JsonNode slot : each.body().path("slots")) {
                    if (isAll || slot.path("verdict").asString("").equals("differ")) {
                        lines.add("  slot " + slot.path("slot").asInt() + ": "
                                + slot.path("verdict").asString("") + ", here " + place(slot.path("here")) + ", there "
                                + place(slot.path("there")));
                    }
                }
            }
            differences(said).forEach(each -> lines.add(line(each)));
        });
        return lines;
    }

    private String headline(String peer, SyncNodes.Said said) {
        JsonNode body = said.body();
        String problem = body.path("problem").asString("");
        String how = isDeep ? ", contents too" : "";
        String verdict = body.path("agreed").asBoolean(false)
                ? "agrees with " + peer + ": " + body.path("agree").asInt() + " slots at equal (epoch, sequence)" + how
                : (isDifferent(body) ? "does NOT agree with " : "could not wholly be compared with ") + peer + ": "
                        + body.path("agree").asInt() + " slots agree, "
                        + body.path("differ").asInt() + " differ, "
                        + body.path("notComparableYet").asInt() + " could not be compared, "
                        + body.path("differences").size() + " services named" + how;
        return said.node() + " " + verdict + (problem.isEmpty() ? "" : "; " + problem);
    }

    private static boolean isDifferent(JsonNode body) {
        return body.path("differ").asInt(0) > 0 || !body.path("differences").isEmpty();
    }

    /** Each once, with the nodes that found it. */
    private static List<Map<String, Object>> differences(List<SyncNodes.Said> said) {
        Map<JsonNode, List<String>> found = new LinkedHashMap<>();
        for (SyncNodes.Said each : said) {
            for (JsonNode difference : each.body().path("differences")) {
                found.computeIfAbsent(difference, first -> new ArrayList<>()).add(each.node());
            }
        }
        List<Map<String, Object>> all = new ArrayList<>();
        found.forEach((difference, by) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            difference.properties().forEach(field -> one.put(field.getKey(), field.getValue()));
            one.put("foundBy", by);
            all.add(one);
        });
        return all;
    }

    private static String line(Map<String, Object> difference) {
        String where = text(difference.get("place"));
        String found = switch (where) {
            case "ANNOUNCED" -> "announced there";
            case "THERE" -> "really held there";
            default -> "really held here";
        };
        return "  " + text(difference.get("dataInfoId")) + ": known here " + entry(difference.get("known")) + ", "
                + found + " " + entry(difference.get("found")) + " (found by " + difference.get("foundBy") + ")";
    }

    private static String text(@Nullable Object field) {
        return field instanceof JsonNode node ? node.asString("") : "";
    }

    private static String entry(@Nullable Object field) {
        return field instanceof JsonNode entry
                ? "version " + entry.path("version").asString("") + " with "
                        + entry.path("count").asInt(0) + " publishers, hash "
                        + entry.path("contentHash").asString("")
                : "nothing";
    }

    private static String place(JsonNode root) {
        return root.isMissingNode()
                ? "nothing"
                : "(" + root.path("epoch").asString("") + ", "
                        + root.path("sequence").asString("") + ") of incarnation "
                        + root.path("incarnation").asString("");
    }
}
