package io.twinspan.registry.acvip.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A domain that is followed. Belongs to the event loop, but for when it was asked for and who listens: any thread. */
final class WatchedDomain {
    private final Deque<CompletableFuture<Resolution>> waiting = new ArrayDeque<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile long askedNanos;

    WatchedDomain(long askedNanos) {
        this.askedNanos = askedNanos;
    }

    void onAsked(long now) {
        askedNanos = now;
    }

    long askedNanos() {
        return askedNanos;
    }

    AtomicInteger listeners() {
        return listeners;
    }

    Deque<CompletableFuture<Resolution>> waiting() {
        return waiting;
    }

    /** True when nobody would miss it. */
    boolean isDispensable() {
        return listeners.get() == 0 && waiting.isEmpty();
    }
}
