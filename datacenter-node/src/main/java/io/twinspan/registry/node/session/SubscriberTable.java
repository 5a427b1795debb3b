package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which connection a subscriber's or watcher's id was last seen on. Belongs to the session's event loop. */
final class SubscriberTable {
    private record Key(DataInfoId service, String registId) {}

    private final Map<Key, Long> connections = new HashMap<>();

    Optional<Long> find(DataInfoId service, String registId) {
        return Optional.ofNullable(connections.get(new Key(service, registId)));
    }

    void put(DataInfoId service, String registId, long connection) {
        connections.put(new Key(service, registId), connection);
    }

    void remove(DataInfoId service, String registId) {
        connections.remove(new Key(service, registId));
    }
}
