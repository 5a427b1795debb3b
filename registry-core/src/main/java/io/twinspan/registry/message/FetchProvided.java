package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import org.jspecify.annotations.Nullable;

/**
 * Session to meta: provided configuration that has changed since.
 *
 * @param sinceRevision 0 for everything
 * @param after of the first revision after that, only what follows this id; null for all of it. Values that were restored together
 *     have one revision
 * @param mostBytes about how much is taken in one answer; 0 for whatever there is
 */
public record FetchProvided(long sinceRevision, @Nullable DataInfoId after, long mostBytes)
        implements Request<ProvidedChanges> {
    /** All of it in one answer. */
    public FetchProvided(long sinceRevision) {
        this(sinceRevision, null, 0);
    }

    /** Everything there is, in answers of that size. */
    public static FetchProvided inParts(long mostBytes) {
        return new FetchProvided(0, null, mostBytes);
    }

    /** True for what is asked for. */
    public boolean asksFor(ProvidedValue value) {
        return value.revision() > sinceRevision
                && (after == null
                        || value.revision() > sinceRevision + 1
                        || value.id().compareTo(after) > 0);
    }

    /** True when the answer before had no room for everything. */
    public boolean isGoingOn() {
        return after != null;
    }

    /** The question after this one. One who does not know of parts answers it with more than is missing, never with less. */
    public FetchProvided after(ProvidedChanges answer) {
        if (!answer.isMore()) {
            return new FetchProvided(answer.revision(), null, mostBytes);
        }
        ProvidedValue last = answer.values().get(answer.values().size() - 1);
        return new FetchProvided(last.revision() - 1, last.id(), mostBytes);
    }
}
