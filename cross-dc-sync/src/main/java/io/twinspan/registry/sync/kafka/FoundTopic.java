package io.twinspan.registry.sync.kafka;

import java.util.Map;

/**
 * A topic as it was found.
 *
 * @param settings those that hold for it, by name, whoever chose them; empty where they may not be read
 * @param own those of them that were given to this topic, and do not come from the broker
 */
record FoundTopic(int partitions, Map<String, String> settings, Map<String, String> own) {
    /** Copies the settings. */
    FoundTopic {
        settings = Map.copyOf(settings);
        own = Map.copyOf(own);
    }

    /** Whether the settings could be read. */
    boolean isReadable() {
        return !settings.isEmpty();
    }
}
