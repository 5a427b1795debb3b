package io.twinspan.registry.node.meta;

import org.jspecify.annotations.Nullable;

/**
 * One version of a provided value.
 *
 * @param data null when it was removed under this version
 */
record ProvidedEdit(long version, @Nullable String data, ProvidedNote note) {
    int length() {
        return data == null ? 0 : data.length();
    }
}
