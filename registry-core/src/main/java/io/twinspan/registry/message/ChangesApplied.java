package io.twinspan.registry.message;

import java.util.List;

/** One result for each change of the request, in its order. */
public record ChangesApplied(List<ChangeResult> results) {
    /** Copies the results. */
    public ChangesApplied {
        results = List.copyOf(results);
    }
}
