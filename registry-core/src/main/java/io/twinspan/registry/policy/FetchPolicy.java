package io.twinspan.registry.policy;

import java.util.Arrays;
import java.util.Locale;

/** When the addresses of a peer's service are fetched. */
public enum FetchPolicy {
    /** As soon as somebody here wants them. */
    LAZY,
    /** Always, at the lowest priority: what a standby needs when its peer is gone. */
    WARM,
    /** Not at all, whoever wants them. */
    NEVER;

    /** The word in configuration, command lines and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The policy of a word.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static FetchPolicy ofWord(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fetch '" + word + "' is none of lazy, warm, never"));
    }
}
