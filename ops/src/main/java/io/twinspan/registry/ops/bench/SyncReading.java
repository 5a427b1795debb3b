package io.twinspan.registry.ops.bench;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a data node says of its sync with its one peer.
 *
 * @param isWriting whether it can announce
 * @param announced entries since its start
 * @param waiting entries that it has not announced yet
 * @param fulls slots that it has announced whole
 * @param isSynced whether it has everything that the peer has said
 * @param services of the peer that it knows
 * @param pulls slots that it has asked for
 * @param fetched datums whose addresses it has fetched
 */
record SyncReading(
        boolean isWriting,
        long announced,
        long waiting,
        long fulls,
        boolean isSynced,
        int services,
        long pulls,
        long fetched) {
    private static final SyncReading NONE = new SyncReading(false, 0, 0, 0, false, 0, 0, 0);

    /** Reads {@code /digest/sync}; nothing at all when it has not answered. */
    static SyncReading of(String json) {
        if (json.isEmpty()) {
            return NONE;
        }
        JsonNode node = JsonMapper.shared().readTree(json);
        JsonNode peer = node.path("peers").path(0);
        return new SyncReading(
                node.path("writing").asBoolean(),
                node.path("announced").asLong(),
                node.path("waiting").asLong(),
                node.path("fulls").asLong(),
                peer.path("state").asString().equals("SYNCED"),
                peer.path("services").asInt(),
                peer.path("pulls").asLong(),
                peer.path("fetched").asLong());
    }
}
