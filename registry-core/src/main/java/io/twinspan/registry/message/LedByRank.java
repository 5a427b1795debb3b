package io.twinspan.registry.message;

import java.util.List;

/**
 * A replica's answer to {@link LeadByRank}.
 *
 * @param led those of the slots that it leads now, for whatever reason, with its epochs
 */
public record LedByRank(List<LeadByRank.Ranked> led) {
    /** Copies the slots. */
    public LedByRank {
        led = List.copyOf(led);
    }
}
