package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.node.data.SlotSnapshot;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads slots that will be asked for soon, on threads of its own that end when nothing is expected any more. Holds a bounded
 * number of slots that nobody has taken yet. A slot that is written to meanwhile is dropped: it is read again when it is asked
 * for. The monitor guards every field.
 */
final class ReadAhead {
    private final Function<SlotId, SlotSnapshot> reader;
    private final int mostThreads;
    private final int mostHeld;
    private final Deque<SlotId> expected = new ArrayDeque<>();
    private final Map<SlotId, CompletableFuture<SlotSnapshot>> held = new HashMap<>();
    private final Set<Thread> threads = new HashSet<>();

    /**
     * Nothing is read until something is expected.
     *
     * @param reader called on several threads at once; what it throws is thrown at whoever asks for the slot
     * @param mostHeld slots that are read or being read and not taken
     */
    ReadAhead(Function<SlotId, SlotSnapshot> reader, int mostThreads, int mostHeld) {
        this.reader = reader;
        this.mostThreads = mostThreads;
        this.mostHeld = mostHeld;
    }

    /** Replaces what was expected before. */
    synchronized void expect(Collection<SlotId> slots) {
        expected.clear();
        held.clear();
        expected.addAll(slots);
        while (threads.size() < Math.min(mostThreads, expected.size())) {
            Thread thread = new Thread(this::readExpected, "data-store-reader");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        notifyAll();
    }

    /** What was read of a slot, or is just being read; empty when it is not one of those. */
    Optional<SlotSnapshot> take(SlotId slot) {
        CompletableFuture<SlotSnapshot> read;
        synchronized (this) {
            read = held.remove(slot);
            expected.remove(slot);
            notifyAll();
        }
        if (read == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** The slot is written to: what was read of it may not be all. */
    synchronized void drop(SlotId slot) {
        held.remove(slot);
        expected.remove(slot);
        notifyAll();
    }

    private void readExpected() {
        while (true) {
            CompletableFuture<SlotSnapshot> read = new CompletableFuture<>();
            SlotId slot;
            synchronized (this) {
                slot = awaitNext();
                if (slot == null) {
                    threads.remove(Thread.currentThread());
                    return;
                }
                held.put(slot, read);
            }
            try {
                read.complete(reader.apply(slot));
            } catch (RuntimeException failed) {
                read.completeExceptionally(failed);
            }
        }
    }

    /** The next slot once there is room for it; null when nothing is expected. */
    private synchronized @Nullable SlotId awaitNext() {
        try {
            while (!expected.isEmpty() && held.size() >= mostHeld) {
                wait();
            }
            return expected.poll();
        } catch (InterruptedException stopped) {
            return null;
        }
    }
}
