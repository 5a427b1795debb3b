package io.twinspan.registry.message;

import java.util.List;

/**
 * Provided configuration that changed.
 *
 * @param revision up to which this answer reaches
 */
public record ProvidedChanges(long revision, List<ProvidedValue> values) {
    /** Copies the values. */
    public ProvidedChanges {
        values = List.copyOf(values);
    }
}
