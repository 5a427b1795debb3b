package io.twinspan.registry.it.record;

import java.util.List;

/**
 * One list that one client was shown.
 *
 * @param nanos when, on the record's clock
 * @param addresses sorted; an address that is shown twice stands twice
 */
public record Showing(long nanos, List<String> addresses) {
    /** Copies and sorts. */
    public Showing {
        addresses = addresses.stream().sorted().toList();
    }
}
