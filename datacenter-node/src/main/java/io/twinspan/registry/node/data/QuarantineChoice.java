package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which held services an operator means.
 *
 * @param dataId null for all
 * @param group null for any
 */
public record QuarantineChoice(
        @Nullable String dataId, @Nullable String group) {
    private static final Set<String> KEYS = Set.of("service", "group", "all");

    /** All that are held. */
    public static final QuarantineChoice ALL = new QuarantineChoice(null, null);

    /**
     * Reads {@code {"service": …}}, with a group if wanted, or {@code {"all": true}}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static QuarantineChoice parse(Map<String, ?> body) {
        if (!KEYS.containsAll(body.keySet())) {
            throw new IllegalArgumentException("the body may have the keys service, group and all, and has "
                    + body.keySet().stream().sorted().toList());
        }
        boolean isAll = body.containsKey("all");
        if (isAll == body.containsKey("service") || (isAll && body.containsKey("group"))) {
            throw new IllegalArgumentException("name either a service, {\"service\": \"…\"}, or {\"all\": true}");
        }
        if (isAll) {
            if (!Boolean.TRUE.equals(body.get("all"))) {
                throw new IllegalArgumentException(
                        "all is " + body.get("all") + "; the only value it may have is true");
            }
            return ALL;
        }
        return new QuarantineChoice(text(body, "service"), body.containsKey("group") ? text(body, "group") : null);
    }

    boolean isMeant(DataInfoId service) {
        return (dataId == null || dataId.equals(service.dataId())) && (group == null || group.equals(service.group()));
    }

    private static String text(Map<String, ?> body, String key) {
        if (body.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(key + " is " + body.get(key) + ", not the name of one");
    }
}
