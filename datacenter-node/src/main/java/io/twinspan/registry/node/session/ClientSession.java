package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One live connection and what it registered. Belongs to the session's event loop. */
final class ClientSession {
    private final ClientConnection connection;
    private final Set<PublisherKey> publishers = new LinkedHashSet<>();
    private final Set<PublisherKey> displaced = new LinkedHashSet<>();
    private final Set<DataInfoId> watched = new LinkedHashSet<>();
    private @Nullable Owner owner;
    private String appName = "";
    private final long sinceNanos;
    private boolean isOff;
    private boolean isOffByAddress;
    private boolean isLeaving;
    private boolean isMovingAway;

    ClientSession(ClientConnection connection, long sinceNanos) {
        this.connection = connection;
        this.sinceNanos = sinceNanos;
    }

    /** When it came, by the session's loop. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** True when this session has closed the connection for the client to go elsewhere. */
    boolean isLeaving() {
        return isLeaving;
    }

    /** Closes the connection; what the client registered stays listed for a while. */
    void leave() {
        isLeaving = true;
        connection.close();
    }

    /** The application, as its last registration says; empty while it has said none. */
    String appName() {
        return appName;
    }

    void setAppName(String said) {
        appName = said;
    }

    /** The same for another datacenter: what it registered stays listed until it is seen there. */
    void moveAway() {
        isMovingAway = true;
        leave();
    }

    /** It was led to another datacenter by somebody else, and is gone: the same as if this session had sent it. */
    void onLedAway() {
        isMovingAway = true;
        isLeaving = true;
    }

    /** True when this session has sent it to another datacenter, or it was led there. */
    boolean isMovingAway() {
        return isMovingAway;
    }

    ClientConnection connection() {
        return connection;
    }

    /** This connection as the owner of what it registers: one object for all of it. */
    Owner owner(SessionIncarnation session) {
        Owner made = owner;
        if (made == null || !made.session().equals(session)) {
            made = new Owner(session, connection.number());
            owner = made;
        }
        return made;
    }

    Set<PublisherKey> publishers() {
        return publishers;
    }

    /** What it registered before another connection did; some of it may be its own again. */
    Set<PublisherKey> displaced() {
        return displaced;
    }

    /** Services it has or had watchers of. */
    Set<DataInfoId> watched() {
        return watched;
    }

    /** True when an operator has taken it out, by itself or by its address. */
    boolean isOff() {
        return isOff || isOffByAddress;
    }

    /** True when its address is off in the whole datacenter. */
    boolean isOffByAddress() {
        return isOffByAddress;
    }

    void setOffByAddress(boolean off) {
        isOffByAddress = off;
    }

    void setOff(boolean off) {
        isOff = off;
    }
}
