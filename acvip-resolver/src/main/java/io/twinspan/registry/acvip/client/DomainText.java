package io.twinspan.registry.acvip.client;

import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.datum.DataInfoId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked for, in the one spelling that servers use: {@code NAME}, or for a service {@code NAME?group=G&instance=I&scope=S} with
 * what is usual left out. Two spellings of one domain would be followed twice; and what servers refuse must never be followed, because
 * they would refuse every poll that it is in.
 */
public final class DomainText {
    private static final Map<String, String> USUAL =
            Map.of("group", DataInfoId.DEFAULT_GROUP, "instance", DataInfoId.DEFAULT_INSTANCE_ID, "scope", "global");

    private DomainText() {}

    /**
     * The usual spelling of any.
     *
     * @throws IllegalArgumentException when no server takes it, with the reason
     */
    public static String of(String text) {
        int mark = text.indexOf('?');
        if (mark < 0) {
            return DomainName.parse(text).toString();
        }
        Map<String, String> parts = new TreeMap<>();
        for (String part : text.substring(mark + 1).split("&", -1)) {
            int equal = part.indexOf('=');
            parts.put(equal < 0 ? part : part.substring(0, equal), equal < 0 ? "" : part.substring(equal + 1));
        }
        return of(text.substring(0, mark), parts);
    }

    /**
     * With what {@code group}, {@code instance} and {@code scope} say; others are no part of it.
     *
     * @throws IllegalArgumentException when no server takes it, with the reason
     */
    public static String of(String name, Map<String, String> parts) {
        StringBuilder text = new StringBuilder(name);
        char between = '?';
        for (String key : new String[] {"group", "instance", "scope"}) {
            String value = parts.getOrDefault(key, "");
            if (!value.isEmpty() && !value.equals(USUAL.get(key))) {
                text.append(between).append(key).append('=').append(value);
                between = '&';
            }
        }
        return DomainName.parse(text.toString()).toString();
    }
}
