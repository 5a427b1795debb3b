package io.twinspan.registry.node.session.push;

import io.twinspan.registry.node.session.ClientConnection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Bounds the pushes under way on one connection; services that find no room wait in line and send only their newest then. */
final class ConnectionPushes {
    private final ClientConnection connection;
    private final int most;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private int inFlight;
    private boolean isPaused;
    private boolean isClosed;

    ConnectionPushes(ClientConnection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    ClientConnection connection() {
        return connection;
    }

    boolean isOpen() {
        return !isClosed && !isPaused;
    }

    /** True when a push may start now; otherwise the task runs once there is room and the client reads. */
    boolean hasRoom(Runnable otherwise) {
        if (inFlight < most && connection.isReading()) {
            return true;
        }
        waiting.add(otherwise);
        return false;
    }

    void onSent() {
        inFlight++;
    }

    void onDone() {
        inFlight--;
        Iterator<Runnable> first = waiting.iterator();
        if (first.hasNext()) {
            Runnable next = first.next();
            first.remove();
            next.run();
        }
    }

    /** The client reads again: everything that waits may try. */
    void onReading() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    void pause(boolean isToPause) {
        isPaused = isToPause;
    }

    void close() {
        isClosed = true;
        waiting.clear();
    }
}
