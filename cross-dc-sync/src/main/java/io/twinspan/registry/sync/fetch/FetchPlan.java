package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.digest.DigestEntry;
import java.util.List;

/**
 * What to do about announcements.
 *
 * @param fetch content to be asked for
 * @param emptied datums without publishers: there is nothing to ask for
 */
public record FetchPlan(List<DigestEntry> fetch, List<DigestEntry> emptied) {
    /** Copies the lists. */
    public FetchPlan {
        fetch = List.copyOf(fetch);
        emptied = List.copyOf(emptied);
    }
}
