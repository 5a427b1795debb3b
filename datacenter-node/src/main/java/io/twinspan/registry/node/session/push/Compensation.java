package io.twinspan.registry.node.session.push;

import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pushes what has waited, the newest only, when push opens: so many a second, so that neither this session nor the network is
 * flooded. What changes meanwhile goes out at once. Belongs to the session's event loop.
 */
final class Compensation {
    private static final Duration EVERY = Duration.ofMillis(20);

    /** What a loop that was busy may make up for at once. */
    private static final Duration MOST_MADE_UP = Duration.ofMillis(100);

    private final EventLoop loop;
    private final int rate;
    private final Set<PushLane> waiting = new LinkedHashSet<>();
    private EventLoop.@Nullable Timer timer;
    private long lastTurn;

    /** @param rate most pushes that begin in a second */
    Compensation(EventLoop loop, int rate) {
        this.loop = loop;
        this.rate = rate;
    }

    void add(Collection<PushLane> lanes) {
        waiting.addAll(lanes);
        if (timer == null && !waiting.isEmpty()) {
            lastTurn = loop.nanos() - EVERY.toNanos();
            timer = loop.schedule(Duration.ZERO, this::some);
        }
    }

    int waiting() {
        return waiting.size();
    }

    private void some() {
        timer = null;
        long now = loop.nanos();
        long left = rate * Math.min(now - lastTurn, MOST_MADE_UP.toNanos()) / 1_000_000_000;
        lastTurn = now;
        for (Iterator<PushLane> each = waiting.iterator(); left > 0 && each.hasNext(); left--) {
            PushLane lane = each.next();
            each.remove();
            lane.flush();
        }
        if (!waiting.isEmpty()) {
            timer = loop.schedule(EVERY, this::some);
        }
    }
}
