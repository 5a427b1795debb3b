package io.twinspan.registry.ops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policies as meta's HTTP tells them, edited and printed. Pure: JSON in, text out. */
final class PolicyRows {
    private static final List<String> DECISIONS = List.of("fetch", "push", "view", "withdrawn");

    private PolicyRows() {}

    /** What a rule is about. */
    record Key(String peer, String group, String service) {
        static Key of(JsonNode rule) {
            return new Key(
                    rule.path("peer").asString("*"),
                    rule.path("group").asString("*"),
                    rule.path("service").asString("*"));
        }
    }

    /** The body that decides something more for a target. */
    static String with(JsonNode policies, Key key, Map<String, String> decisions) {
        Map<Key, Map<String, String>> rules = rules(policies);
        rules.computeIfAbsent(key, each -> new LinkedHashMap<>()).putAll(decisions);
        return body(policies, rules);
    }

    /** The body without the rule of a target; null when there is none. */
    static @Nullable String without(JsonNode policies, Key key) {
        Map<Key, Map<String, String>> rules = rules(policies);
        return rules.remove(key) == null ? null : body(policies, rules);
    }

    /** The body with one decision for a target taken back, and its rule with the last one; null when there is none. */
    static @Nullable String without(JsonNode policies, Key key, String decision) {
        Map<Key, Map<String, String>> rules = rules(policies);
        Map<String, String> decisions = rules.get(key);
        if (decisions == null || decisions.remove(decision) == null) {
            return null;
        }
        rules.values().removeIf(Map::isEmpty);
        return body(policies, rules);
    }

    /** One line a rule. */
    static List<String> lines(JsonNode policies) {
        List<String> lines = new ArrayList<>();
        rules(policies).forEach((key, decisions) -> {
            List<String> words = new ArrayList<>();
            decisions.forEach((name, word) -> words.add(name + "=" + word));
            lines.add("peer " + key.peer + "  group " + key.group + "  service " + key.service + ":  "
                    + String.join("  ", words));
        });
        if (lines.isEmpty()) {
            lines.add("No policies: peers' services are fetched lazily and shown own-first.");
        }
        return lines;
    }

    private static Map<Key, Map<String, String>> rules(JsonNode policies) {
        Map<Key, Map<String, String>> rules = new LinkedHashMap<>();
        for (JsonNode rule : policies.path("rules")) {
            Map<String, String> decisions = new LinkedHashMap<>();
            for (String name : DECISIONS) {
                if (rule.path(name).isString()) {
                    decisions.put(name, rule.path(name).stringValue());
                }
            }
            rules.put(Key.of(rule), decisions);
        }
        return rules;
    }

    private static String body(JsonNode policies, Map<Key, Map<String, String>> rules) {
        List<Map<String, String>> rows = new ArrayList<>();
        rules.forEach((key, decisions) -> {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("peer", key.peer);
            row.put("group", key.group);
            row.put("service", key.service);
            row.putAll(decisions);
            rows.add(row);
        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", policies.path("version").asString("0"));
        body.put("rules", rows);
        return JsonMapper.shared().writeValueAsString(body);
    }
}
