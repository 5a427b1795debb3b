package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Interest, what was announced and what is held, made into a plan. Pure. */
public final class FetchPlanner {
    private FetchPlanner() {}

    /** Plans for those of {@code announced} that are wanted and newer than what is held. */
    public static FetchPlan plan(
            Collection<DigestEntry> announced,
            Predicate<DataInfoId> isWanted,
            Function<DataInfoId, DatumVersion> held) {
        List<DigestEntry> fetch = new ArrayList<>();
        List<DigestEntry> emptied = new ArrayList<>();
        for (DigestEntry entry : announced) {
            if (isWanted.test(entry.id()) && entry.version().isAfter(held.apply(entry.id()))) {
                (entry.count() == 0 ? emptied : fetch).add(entry);
            }
        }
        return new FetchPlan(fetch, emptied);
    }
}
