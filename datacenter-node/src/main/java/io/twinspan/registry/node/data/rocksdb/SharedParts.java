package io.twinspan.registry.node.data.rocksdb;

import java.util.HashMap;
import java.util.Map;

/** Equal values that many rows hold, each kept as one object. As long-lived as one reading; not thread-safe. */
final class SharedParts {
    private final Map<Object, Object> parts = new HashMap<>();

    /** The first that was equal to this one. */
    @SuppressWarnings("unchecked") // equal values of our records and texts are of one class
    <T> T shared(T part) {
        Object before = parts.putIfAbsent(part, part);
        return before == null ? part : (T) before;
    }
}
