package io.twinspan.registry.node.move;

import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The move that is ordered, as this node knows it, shared by its roles. */
public final class NodeMove {
    private final MoveStore disk;
    private final EventLoop loop;
    private final List<Consumer<MoveView>> listeners = new CopyOnWriteArrayList<>();
    private volatile MoveView current;

    /**
     * Begins with what the disk holds.
     *
     * @param loop on which orders are compared and written, so that a slow disk holds up nobody else
     */
    public NodeMove(MoveStore disk, EventLoop loop) {
        this.disk = disk;
        this.loop = loop;
        // Of version 0, so that meta is asked at once.
        this.current = disk.load()
                .map(order -> new MoveView(0, order, false, List.of()))
                .orElse(MoveView.NONE);
    }

    /** The newest that is known; any thread. */
    public MoveView current() {
        return current;
    }

    /** Adds a listener, called with each other view, on a thread of this object. */
    public void onChange(Consumer<MoveView> listener) {
        listeners.add(listener);
    }

    /** What meta says. A meta that knows less than this node takes the order from nobody, but nobody is sent away for it. Any thread. */
    public void offer(MoveView offered) {
        loop.execute(() -> {
            MoveView before = current;
            MoveView next = newer(before, offered);
            if (next.equals(before)) {
                return;
            }
            current = next;
            listeners.forEach(listener -> listener.accept(next));
            MoveOrder order = next.order();
            if (order != null && !order.equals(before.order())) {
                disk.save(order);
            }
        });
    }

    static MoveView newer(MoveView known, MoveView offered) {
        MoveOrder held = known.order();
        MoveOrder named = offered.order();
        boolean isOlder = held != null && (named == null || held.isAfter(named));
        return isOlder ? new MoveView(offered.version(), held, false, List.of()) : offered;
    }
}
