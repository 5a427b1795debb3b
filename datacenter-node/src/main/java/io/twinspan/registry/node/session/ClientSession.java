package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import java.util.LinkedHashSet;
import java.util.Set;

/** One live connection and what it registered. Belongs to the session's event loop. */
final class ClientSession {
    private final ClientConnection connection;
    private final Set<PublisherKey> publishers = new LinkedHashSet<>();
    private final Set<DataInfoId> watched = new LinkedHashSet<>();
    private boolean isOff;

    ClientSession(ClientConnection connection) {
        this.connection = connection;
    }

    ClientConnection connection() {
        return connection;
    }

    Set<PublisherKey> publishers() {
        return publishers;
    }

    /** Services it has or had watchers of. */
    Set<DataInfoId> watched() {
        return watched;
    }

    /** True when an operator has taken it out. */
    boolean isOff() {
        return isOff;
    }

    void setOff(boolean off) {
        isOff = off;
    }
}
