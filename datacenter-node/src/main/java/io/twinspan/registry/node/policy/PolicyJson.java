package io.twinspan.registry.node.policy;

import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.policy.ViewPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Policies as operators write and read them: {@code {"version":"7","rules":[{"peer":"west","group":"*","service":"com.example.*",
 * "fetch":"warm","push":"off","view":"own-first:2","withdrawn":"yes"}]}}. What a rule leaves out, of its target or of its decisions, is {@code *} or
 * left open; what it should not have is refused, because a misspelt decision would be none.
 */
public final class PolicyJson {
    private static final Set<String> TABLE_FIELDS = Set.of("version", "rules", "success", "message");
    private static final Set<String> RULE_FIELDS =
            Set.of("peer", "group", "service", "fetch", "push", "view", "withdrawn");

    private PolicyJson() {}

    /** The fields of a table, in the order in which they are shown. */
    public static Map<String, @Nullable Object> fields(PolicyTable table) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", Long.toString(table.version()));
        fields.put("rules", table.rules().stream().map(PolicyJson::fields).toList());
        return fields;
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static PolicyTable read(String text) {
        JsonNode body = JsonBody.object(text);
        JsonBody.refuseOthers(body, TABLE_FIELDS, "the body");
        JsonNode rules = body.path("rules");
        if (!rules.isArray()) {
            throw new IllegalArgumentException("rules is not a list");
        }
        List<PolicyRule> read = new ArrayList<>();
        rules.forEach(rule -> read.add(rule(rule)));
        return new PolicyTable(version(body.path("version")), read);
    }

    static String write(PolicyTable table) {
        return JsonMapper.shared().writeValueAsString(fields(table));
    }

    private static Map<String, Object> fields(PolicyRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("peer", rule.target().peer());
        fields.put("group", rule.target().group());
        fields.put("service", rule.target().service());
        FetchPolicy fetch = rule.fetch();
        if (fetch != null) {
            fields.put("fetch", fetch.word());
        }
        Boolean isPushed = rule.isPushed();
        if (isPushed != null) {
            fields.put("push", isPushed ? "on" : "off");
        }
        ViewPolicy view = rule.view();
        if (view != null) {
            fields.put("view", view.word());
        }
        Boolean isWithdrawn = rule.isWithdrawn();
        if (isWithdrawn != null) {
            fields.put("withdrawn", isWithdrawn ? "yes" : "no");
        }
        return fields;
    }

    private static PolicyRule rule(JsonNode rule) {
        if (!rule.isObject()) {
            throw new IllegalArgumentException("a rule is not a JSON object: " + rule);
        }
        JsonBody.refuseOthers(rule, RULE_FIELDS, "a rule");
        String fetch = JsonBody.textOrNull(rule, "fetch");
        String push = JsonBody.textOrNull(rule, "push");
        String view = JsonBody.textOrNull(rule, "view");
        String withdrawn = JsonBody.textOrNull(rule, "withdrawn");
        return new PolicyRule(
                new PolicyTarget(
                        any(JsonBody.textOrNull(rule, "peer")),
                        any(JsonBody.textOrNull(rule, "group")),
                        any(JsonBody.textOrNull(rule, "service"))),
                fetch == null ? null : FetchPolicy.ofWord(fetch),
                push == null ? null : isFirst("push", push, "on", "off"),
                view == null ? null : ViewPolicy.ofWord(view),
                withdrawn == null ? null : isFirst("withdrawn", withdrawn, "yes", "no"));
    }

    private static boolean isFirst(String field, String word, String first, String second) {
        if (!word.equals(first) && !word.equals(second)) {
            throw new IllegalArgumentException(field + " '" + word + "' is none of " + first + ", " + second);
        }
        return word.equals(first);
    }

    private static long version(JsonNode field) {
        String written = field.isString() ? field.stringValue().strip() : field.toString();
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "version is not the number of the policies that are to be changed (GET /policies shows it): "
                            + written,
                    wrong);
        }
    }

    private static String any(@Nullable String text) {
        return text == null ? PolicyTarget.ANY : text;
    }
}
