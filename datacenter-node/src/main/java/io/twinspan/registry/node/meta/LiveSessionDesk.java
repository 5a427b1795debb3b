package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which sessions have renewed within the last second, for resolvers, who must not name a dead one until its lease is over. Only the
 * meta that leads hears renewals; another one, and one that has just begun to lead or has stood still, takes every member for living.
 * Belongs to the role's event loop.
 */
final class LiveSessionDesk {
    /** Sessions renew each half second; with the time between two looks this makes a second. */
    private static final Duration HEARD_WITHIN = Duration.ofMillis(850);

    /** A tick that comes so late says that this process stood still, not that the sessions did. */
    private static final Duration LATE_TICK = Duration.ofMillis(600);

    /** Questions that are held at one time; further ones are answered at once. */
    private static final int MOST_WAITING = 1_000;

    private record Waiter(long known, CompletableFuture<LiveSessions> answer) {}

    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final EventLoop loop;
    private final Map<NodeId, Long> heard = new HashMap<>();
    private final List<Waiter> waiting = new ArrayList<>();
    private boolean isLeading;
    private long generousUntil;
    private long lastTick;

    LiveSessionDesk(DatacenterId datacenter, MetaReplica replica, EventLoop loop) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.loop = loop;
    }

    void onLeadership(boolean leads) {
        isLeading = leads;
        heard.clear();
        beGenerous();
    }

    void onHeard(NodeId session) {
        heard.put(session, loop.nanos());
    }

    /** Whoever waits is answered when his answer is another one now. */
    void onTick() {
        if (loop.nanos() - lastTick > LATE_TICK.toNanos()) {
            beGenerous();
        }
        lastTick = loop.nanos();
        if (!waiting.isEmpty()) {
            LiveSessions now = now();
            waiting.removeIf(waiter -> {
                boolean isNews = waiter.known() != now.mark();
                if (isNews) {
                    waiter.answer().complete(now);
                }
                return isNews;
            });
        }
    }

    /** Answers now or in a while. The stage does not fail. */
    CompletionStage<LiveSessions> answer(FetchLiveSessions question) {
        LiveSessions now = now();
        if (now.mark() != question.known() || waiting.size() >= MOST_WAITING) {
            return CompletableFuture.completedFuture(now);
        }
        Waiter waiter = new Waiter(question.known(), new CompletableFuture<>());
        waiting.add(waiter);
        loop.schedule(FetchLiveSessions.HOLD, () -> {
            if (waiting.remove(waiter)) {
                waiter.answer().complete(now());
            }
        });
        return waiter.answer();
    }

    LiveSessions now() {
        List<Member> sessions = replica.state().cluster(datacenter).inRole(NodeRole.SESSION).stream()
                .filter(session -> isLive(session.node()))
                .toList();
        // Never 0, which is the mark of those who know nothing.
        long mark = ((long) sessions.hashCode() << 1) | 1;
        return new LiveSessions(datacenter, mark, sessions);
    }

    private boolean isLive(NodeId session) {
        if (!isLeading || loop.nanos() - generousUntil < 0) {
            return true;
        }
        Long last = heard.get(session);
        return last != null && loop.nanos() - last <= HEARD_WITHIN.toNanos();
    }

    private void beGenerous() {
        generousUntil = loop.nanos() + HEARD_WITHIN.toNanos();
        lastTick = loop.nanos();
    }
}
