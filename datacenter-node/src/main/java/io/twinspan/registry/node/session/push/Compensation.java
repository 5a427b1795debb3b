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

    private final EventLoop loop;
    private final int atOnce;
    private final Set<PushLane> waiting = new LinkedHashSet<>();
    private EventLoop.@Nullable Timer timer;

    /** @param rate most pushes that begin in a second */
    Compensation(EventLoop loop, int rate) {
        this.loop = loop;
        this.atOnce = Math.max(1, (int) (rate * EVERY.toMillis() / 1_000));
    }

    void add(Collection<PushLane> lanes) {
        waiting.addAll(lanes);
        if (timer == null && !waiting.isEmpty()) {
            timer = loop.schedule(Duration.ZERO, this::some);
        }
    }

    int waiting() {
        return waiting.size();
    }

    private void some() {
        timer = null;
        int left = atOnce;
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
