package io.twinspan.registry.node.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The live connections. Belongs to the session's event loop. */
final class ClientSessions {
    private final Map<Long, ClientSession> byNumber = new LinkedHashMap<>();

    ClientSession add(ClientConnection connection, long nowNanos) {
        return byNumber.computeIfAbsent(connection.number(), number -> new ClientSession(connection, nowNanos));
    }

    Optional<ClientSession> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The one that comes from an {@code ip:port}. */
    Optional<ClientSession> find(String remoteAddress) {
        return byNumber.values().stream()
                .filter(each -> each.connection().remoteAddress().equals(remoteAddress))
                .findFirst();
    }

    Optional<ClientSession> remove(long number) {
        return Optional.ofNullable(byNumber.remove(number));
    }

    int count() {
        return byNumber.size();
    }

    /** All, the oldest first. */
    Collection<ClientSession> all() {
        return byNumber.values();
    }
}
