package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which version of the push switch each session has last said it obeys, as the leading meta hears it with renewals; a new leader
 * hears all of it again within one. Belongs to the role's event loop.
 */
final class PushConfirmations {
    /** One who waits for sessions. */
    private static final class Waiter {
        private final long version;
        private final Set<NodeId> missing;
        private final CompletableFuture<Void> answer = new CompletableFuture<>();

        Waiter(long version, Collection<NodeId> missing) {
            this.version = version;
            this.missing = new TreeSet<>(missing);
        }

        boolean isDoneAfter(NodeId session, long obeys) {
            if (obeys >= version) {
                missing.remove(session);
            }
            return missing.isEmpty();
        }
    }

    private final Map<NodeId, Long> obeyed = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();

    void clear() {
        obeyed.clear();
    }

    void onRenewal(NodeId session, long version) {
        obeyed.put(session, version);
        List<Waiter> done = waiters.stream()
                .filter(waiter -> waiter.isDoneAfter(session, version))
                .toList();
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.answer.complete(null));
    }

    /** The version that a session obeys; 0 while it has not said. */
    long obeyed(NodeId session) {
        return obeyed.getOrDefault(session, 0L);
    }

    /** The highest version that any session has said it obeys; it may be one of an earlier group. */
    long highest() {
        return obeyed.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Those of these sessions that have not said they obey at least this version. */
    List<NodeId> missing(Collection<NodeId> sessions, long version) {
        return sessions.stream().filter(each -> obeyed(each) < version).sorted().toList();
    }

    /** Completes when all of these sessions obey at least this version, or after a while all the same. */
    CompletionStage<Void> await(Collection<NodeId> sessions, long version, EventLoop loop, Duration within) {
        Waiter waiter = new Waiter(version, missing(sessions, version));
        if (waiter.missing.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        waiters.add(waiter);
        loop.schedule(within, () -> {
            if (waiters.remove(waiter)) {
                waiter.answer.complete(null);
            }
        });
        return waiter.answer;
    }
}
