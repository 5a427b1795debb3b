package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Work for the leaders of slots: one call in flight per data node; what is posted meanwhile waits in order, the newest in place
 * of an older one of the same key. A call that failed is made again after a pause; what a node does not lead waits for a newer
 * table. Nothing waits when nothing is in flight. A batch after a failure is half of the one that failed, which may have been too
 * much at once for a frame or for the time of a call; each that is answered doubles it again. Belongs to the session's event loop.
 */
final class NodeQueues<K, V, R> {
    /** One piece of work. */
    record Item<K, V>(K key, SlotId slot, V value) {}

    /**
     * How much goes at once.
     *
     * @param mostItems in one call
     * @param mostBytes about how many in one call; a single item always goes
     */
    record Batches(int mostItems, long mostBytes) {
        /** What a batch never shrinks below. */
        static final int LEAST_ITEMS = 1;
    }

    /** How it is carried to a data node. All methods are called on the event loop. */
    interface Carrier<K, V, R> {
        /** About how many bytes it takes in a call. */
        long bytes(Item<K, V> item);

        /** Sends a batch; the stage may complete on any thread. */
        CompletionStage<R> send(Endpoint to, List<Item<K, V>> batch);

        /** Takes in the answer and returns what the node does not lead, to be sent again when somebody else does. */
        List<Item<K, V>> onAnswer(List<Item<K, V>> batch, R answer);

        /** What of a batch that was not answered is to be sent again. */
        List<Item<K, V>> onFailure(List<Item<K, V>> batch);
    }

    private final class NodeQueue {
        private final NodeId node;
        private Map<K, Item<K, V>> waiting = new LinkedHashMap<>();
        private boolean isInFlight;
        private EventLoop.@Nullable Timer pause;
        private int failures;
        private int most = batches.mostItems();

        NodeQueue(NodeId node) {
            this.node = node;
        }
    }

    private final EventLoop loop;
    private final SlotRouter router;
    private final Backoff backoff;
    private final Batches batches;
    private final Carrier<K, V, R> carrier;
    private final Map<NodeId, NodeQueue> queues = new HashMap<>();
    private final Map<K, Item<K, V>> homeless = new LinkedHashMap<>();
    private final int[] pending = new int[SlotId.COUNT];
    private final long[] activity = new long[SlotId.COUNT];
    private int waitingCount;

    NodeQueues(EventLoop loop, SlotRouter router, Backoff backoff, Batches batches, Carrier<K, V, R> carrier) {
        this.loop = loop;
        this.router = router;
        this.backoff = backoff;
        this.batches = batches;
        this.carrier = carrier;
    }

    void post(Item<K, V> item) {
        enqueue(item);
        router.leader(item.slot()).ifPresent(node -> pump(queue(node)));
    }

    /** True when something of this key waits, so that posting it takes no more room. */
    boolean isWaiting(K key, SlotId slot) {
        return home(slot).containsKey(key);
    }

    /** True while something of the slot waits or is in flight. */
    boolean isBusy(SlotId slot) {
        return pending[slot.number()] > 0;
    }

    /** Rises with everything that is posted or answered for a slot. */
    long activity(SlotId slot) {
        return activity[slot.number()];
    }

    int size() {
        return waitingCount;
    }

    /** The table has changed: everything that waits goes to whoever leads now. */
    void reroute() {
        List<Item<K, V>> all = new ArrayList<>(homeless.values());
        homeless.clear();
        for (NodeQueue queue : queues.values()) {
            all.addAll(queue.waiting.values());
            queue.waiting = new LinkedHashMap<>();
            queue.failures = 0;
            if (queue.pause != null) {
                queue.pause.cancel();
                queue.pause = null;
            }
        }
        for (Item<K, V> item : all) {
            pending[item.slot().number()]--;
            waitingCount--;
            enqueue(item);
        }
        queues.values().forEach(this::pump);
        queues.values().removeIf(queue -> !queue.isInFlight && queue.waiting.isEmpty());
    }

    private void enqueue(Item<K, V> item) {
        int slot = item.slot().number();
        activity[slot]++;
        if (home(item.slot()).put(item.key(), item) == null) {
            pending[slot]++;
            waitingCount++;
        }
    }

    private Map<K, Item<K, V>> home(SlotId slot) {
        return router.leader(slot).map(node -> queue(node).waiting).orElse(homeless);
    }

    private NodeQueue queue(NodeId node) {
        return queues.computeIfAbsent(node, NodeQueue::new);
    }

    private void pump(NodeQueue queue) {
        Endpoint to = router.endpoint(queue.node).orElse(null);
        if (queue.isInFlight || queue.pause != null || queue.waiting.isEmpty() || to == null) {
            return;
        }
        List<Item<K, V>> batch = take(queue);
        queue.isInFlight = true;
        carrier.send(to, List.copyOf(batch))
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        onAnswer(queue, batch, answer);
                    } else {
                        onFailure(queue, batch);
                    }
                }));
    }

    private List<Item<K, V>> take(NodeQueue queue) {
        List<Item<K, V>> batch = new ArrayList<>(Math.min(queue.waiting.size(), queue.most));
        long room = batches.mostBytes();
        Iterator<Item<K, V>> waiting = queue.waiting.values().iterator();
        while (waiting.hasNext() && batch.size() < queue.most) {
            Item<K, V> next = waiting.next();
            room -= carrier.bytes(next);
            if (room < 0 && !batch.isEmpty()) {
                break;
            }
            batch.add(next);
            waiting.remove();
        }
        waitingCount -= batch.size();
        return batch;
    }

    private void onAnswer(NodeQueue queue, List<Item<K, V>> batch, R answer) {
        List<Item<K, V>> notLed = carrier.onAnswer(List.copyOf(batch), answer);
        settle(batch);
        queue.isInFlight = false;
        queue.most = Math.min(batches.mostItems(), 2 * queue.most);
        if (notLed.isEmpty()) {
            queue.failures = 0;
            pump(queue);
            return;
        }
        sendAgain(queue, notLed);
    }

    private void onFailure(NodeQueue queue, List<Item<K, V>> batch) {
        List<Item<K, V>> again = carrier.onFailure(List.copyOf(batch));
        settle(batch);
        queue.isInFlight = false;
        queue.most = Math.max(Batches.LEAST_ITEMS, batch.size() / 2);
        sendAgain(queue, again);
    }

    /** Another node may lead some of it by now, whose queue nothing else would wake: what is on its way misses a newer table. */
    private void sendAgain(NodeQueue queue, List<Item<K, V>> items) {
        putBack(items);
        pause(queue);
        queues.values().forEach(this::pump);
    }

    // A newer table ends the pause: whoever leads now may be well.
    private void pause(NodeQueue queue) {
        queue.failures++;
        queue.pause = loop.schedule(backoff.pause(queue.failures), () -> {
            queue.pause = null;
            pump(queue);
        });
    }

    private void settle(List<Item<K, V>> batch) {
        for (Item<K, V> item : batch) {
            pending[item.slot().number()]--;
            activity[item.slot().number()]++;
        }
    }

    /** In front of what waits, unless something newer of the same key does. */
    private void putBack(List<Item<K, V>> items) {
        IdentityHashMap<Map<K, Item<K, V>>, List<Item<K, V>>> byHome = new IdentityHashMap<>();
        for (Item<K, V> item : items) {
            byHome.computeIfAbsent(home(item.slot()), home -> new ArrayList<>()).add(item);
        }
        byHome.forEach((home, back) -> {
            Map<K, Item<K, V>> later = new LinkedHashMap<>(home);
            home.clear();
            for (Item<K, V> item : back) {
                Item<K, V> newer = later.remove(item.key());
                home.put(item.key(), newer == null ? item : newer);
                if (newer == null) {
                    pending[item.slot().number()]++;
                    waitingCount++;
                }
            }
            home.putAll(later);
        });
    }
}
