package io.twinspan.registry.node.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Registrations of live connections which another connection to this session has registered too. Of two connections of one client
 * the old one may be read last; when it closes, the other one has its registration back at once. One at most is kept for each
 * registration in the table. Belongs to the session's event loop.
 */
final class DisplacedEntries {
    private final Map<PublisherKey, PublisherEntry> entries = new HashMap<>();

    void put(PublisherEntry displaced, ClientSession client) {
        entries.put(displaced.key(), displaced);
        client.displaced().add(displaced.key());
    }

    /** Takes out what another connection had before {@code last}, unless that was an earlier request of the client. */
    Optional<PublisherEntry> takeInPlaceOf(PublisherEntry last) {
        return Optional.ofNullable(entries.remove(last.key()))
                .filter(each -> each.clientVersion() >= last.clientVersion());
    }

    void forget(PublisherKey key) {
        entries.remove(key);
    }

    /** The connection is gone. */
    void onClosed(ClientSession client) {
        long number = client.connection().number();
        for (PublisherKey key : client.displaced()) {
            entries.computeIfPresent(key, (same, entry) -> entry.connection() == number ? null : entry);
        }
        client.displaced().clear();
    }
}
