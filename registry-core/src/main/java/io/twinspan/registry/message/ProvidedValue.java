package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import org.jspecify.annotations.Nullable;

/**
 * One provided value as meta holds it.
 *
 * @param version the operator's number; a put must raise it
 * @param data null when the value was removed
 * @param revision meta's own number of the change
 */
public record ProvidedValue(
        DataInfoId id, long version, @Nullable String data, long revision) {}
