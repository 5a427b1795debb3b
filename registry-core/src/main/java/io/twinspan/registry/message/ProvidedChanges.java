package io.twinspan.registry.message;

import java.util.List;

/**
 * Provided configuration that changed.
 *
 * @param revision up to which this answer reaches, together with what it had no room for
 * @param values by revision, and by id within one
 * @param isMore whether there was no room for all; what follows the last value is to be asked for
 */
public record ProvidedChanges(long revision, List<ProvidedValue> values, boolean isMore) {
    /** Copies the values. */
    public ProvidedChanges {
        values = List.copyOf(values);
        if (isMore && values.isEmpty()) {
            throw new IllegalArgumentException("an answer that is to go on has no value to go on from");
        }
    }

    /** All there is. */
    public ProvidedChanges(long revision, List<ProvidedValue> values) {
        this(revision, values, false);
    }
}
