package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Registrations whose connection is gone and which stay in the table, in force, until their time is over or somebody registers them
 * again: the clients of a crowd, and those that were sent away. Belongs to the session's event loop.
 */
final class KeptRegistrations {
    /** What to do with one whose time is over. */
    interface Ending {
        /**
         * Its time is over.
         *
         * @param owner whom it belonged to when it was kept
         * @param cause how its connection ended
         */
        void over(PublisherKey key, Owner owner, RemovalCause cause);
    }

    private record Kept(Owner owner, RemovalCause cause, long due) {}

    /** A crowd may have registered a million: ended in one go, whoever registers or is pushed meanwhile would wait for all of them. */
    static final int MOST_IN_A_TURN = 1_000;

    private static final Duration BETWEEN_TURNS = Duration.ofMillis(10);

    private final EventLoop loop;
    private final Duration keep;
    private final Ending over;
    private final Map<PublisherKey, Kept> all = new LinkedHashMap<>();
    private final Map<DataInfoId, Integer> byService = new HashMap<>();
    private EventLoop.@Nullable Timer timer;

    /** @param over told of each whose time is over */
    KeptRegistrations(EventLoop loop, Duration keep, Ending over) {
        this.loop = loop;
        this.keep = keep;
        this.over = over;
    }

    void add(PublisherKey key, Owner owner, RemovalCause cause) {
        forget(key);
        all.put(key, new Kept(owner, cause, loop.nanos() + keep.toNanos()));
        byService.merge(key.service(), 1, Integer::sum);
        if (timer == null) {
            timer = loop.schedule(keep, this::onTime);
        }
    }

    /** Somebody has registered it again or taken it back; false when it was not kept. */
    boolean forget(PublisherKey key) {
        boolean wasKept = all.remove(key) != null;
        if (wasKept) {
            byService.computeIfPresent(key.service(), (service, count) -> count == 1 ? null : count - 1);
        }
        return wasKept;
    }

    boolean contains(PublisherKey key) {
        return all.containsKey(key);
    }

    int count() {
        return all.size();
    }

    /** Those of which this is so; looks at all of them. */
    int count(Predicate<PublisherKey> isSo) {
        return (int) all.keySet().stream().filter(isSo).count();
    }

    /** The same among those that were added no longer ago than this. */
    int count(Duration within, Predicate<PublisherKey> isSo) {
        long due = loop.nanos() + keep.minus(within).toNanos();
        return (int) all.entrySet().stream()
                .filter(each -> each.getValue().due() - due >= 0 && isSo.test(each.getKey()))
                .count();
    }

    int count(DataInfoId service) {
        return byService.getOrDefault(service, 0);
    }

    // All are kept equally long, so the first added is the first whose time is over.
    private void onTime() {
        timer = null;
        long now = loop.nanos();
        for (int i = 0; !all.isEmpty(); i++) {
            if (i == MOST_IN_A_TURN) {
                timer = loop.schedule(BETWEEN_TURNS, this::onTime);
                return;
            }
            Iterator<Map.Entry<PublisherKey, Kept>> first = all.entrySet().iterator();
            Map.Entry<PublisherKey, Kept> next = first.next();
            PublisherKey key = next.getKey();
            Kept kept = next.getValue();
            if (kept.due() - now > 0) {
                timer = loop.schedule(Duration.ofNanos(kept.due() - now), this::onTime);
                return;
            }
            forget(key);
            over.over(key, kept.owner(), kept.cause());
        }
    }
}
