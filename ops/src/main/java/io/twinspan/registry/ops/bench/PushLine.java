package io.twinspan.registry.ops.bench;

/** A publisher and subscribers of one service, connected. */
interface PushLine extends AutoCloseable {
    /** Publishes the next change and returns without waiting for anything. */
    void publish(long number);

    @Override
    void close();

    /** Hears of changes, on any thread. */
    interface Listener {
        /** A subscriber is shown a change, perhaps not for the first time. */
        void shown(int subscriber, long number);

        /** A change was refused, or its answer did not come. */
        void refused();
    }
}
