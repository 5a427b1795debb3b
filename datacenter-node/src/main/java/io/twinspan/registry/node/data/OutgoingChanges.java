package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.PeerSync;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the peers: each waits until one follower has it, so that a leader lost right after announcing a version
 * has not taken it along; but no longer than a moment. Changes of a slot leave in the order in which they were made.
 */
final class OutgoingChanges {
    /** The longest that a change waits for a follower. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    /** Most changes that wait; beyond it they go at once. */
    private static final int MOST_WAITING = 10_000;

    private record Change(LeaderEpoch epoch, DigestEntry entry, long dueNanos) {}

    private final EventLoop loop;
    private final Predicate<SlotId> isFollowed;
    private final Map<SlotId, Deque<Change>> waiting = new HashMap<>();
    private @Nullable PeerSync sync;
    private int count;
    private boolean isPlanned;

    /** @param isFollowed whether there is a follower to wait for */
    OutgoingChanges(EventLoop loop, Predicate<SlotId> isFollowed) {
        this.loop = loop;
        this.isFollowed = isFollowed;
    }

    void connect(PeerSync peerSync) {
        sync = peerSync;
    }

    void add(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
        if (sync == null) {
            return;
        }
        waiting.computeIfAbsent(slot, none -> new ArrayDeque<>())
                .addLast(new Change(epoch, entry, loop.nanos() + LONGEST_WAIT.toNanos()));
        count++;
        if (count > MOST_WAITING || !isFollowed.test(slot)) {
            release(slot, change -> true);
        } else {
            plan();
        }
    }

    /** A follower has these now, at least. */
    void onReplicated(SlotId slot, Map<DataInfoId, DatumVersion> there) {
        if (!waiting.containsKey(slot)) {
            return;
        }
        release(slot, change -> {
            DatumVersion has = there.get(change.entry().id());
            return has != null && !change.entry().version().isAfter(has);
        });
    }

    /** What waits of this slot is over, or told otherwise. */
    void drop(SlotId slot) {
        Deque<Change> dropped = waiting.remove(slot);
        count -= dropped == null ? 0 : dropped.size();
    }

    private void release(SlotId slot, Predicate<Change> isReady) {
        Deque<Change> changes = waiting.getOrDefault(slot, new ArrayDeque<>());
        while (!changes.isEmpty() && isReady.test(changes.getFirst())) {
            Change change = changes.removeFirst();
            count--;
            if (sync != null) {
                sync.announce(slot, change.epoch(), change.entry());
            }
        }
        if (changes.isEmpty()) {
            waiting.remove(slot);
        }
    }

    private void plan() {
        if (!isPlanned) {
            isPlanned = true;
            loop.schedule(LONGEST_WAIT, () -> {
                isPlanned = false;
                long now = loop.nanos();
                for (SlotId slot : waiting.keySet().toArray(SlotId[]::new)) {
                    release(slot, change -> now - change.dueNanos() >= 0);
                }
                if (count > 0) {
                    plan();
                }
            });
        }
    }
}
