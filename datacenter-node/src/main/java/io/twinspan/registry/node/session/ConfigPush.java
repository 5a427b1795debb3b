package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provided configuration value for some watchers of one connection.
 *
 * @param registIds the watchers' own ids, as they sent them
 * @param data null when there is no value
 */
public record ConfigPush(
        DataInfoId service,
        List<String> registIds,
        long version,
        @Nullable String data) {}
