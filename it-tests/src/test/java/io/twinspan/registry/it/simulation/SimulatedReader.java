package io.twinspan.registry.it.simulation;

import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Reads one topic as our consumers do: from its end on, committing nothing, and from its end again when its place is gone. */
final class SimulatedReader<T> {
    /** Who is told what is read. */
    interface Taker<T> {
        void onUp(boolean canRead);

        void onPositioned();

        CompletionStage<Void> take(List<T> batch);

        void onUnreadable(int poisoned, int newer);
    }

    /** The way to a broker. */
    record Way(BooleanSupplier isOpen, Supplier<Duration> delay) {}

    /** After so long without an answer a connection is taken for broken. */
    static final Duration NOTICED = Duration.ofSeconds(1);

    private final SimulatedTopic<T> topic;
    private final Way way;
    private final EventLoop loop;
    private final Taker<T> taker;
    private final Runnable onNews = this::lookSoon;
    private long position;
    private long life;
    private boolean isUp;
    private boolean isPlaced;
    private boolean isTaking;
    private boolean isClosed;

    SimulatedReader(SimulatedTopic<T> topic, Way way, EventLoop loop, Taker<T> taker) {
        this.topic = topic;
        this.way = way;
        this.loop = loop;
        this.taker = taker;
        topic.join(onNews);
    }

    void close() {
        isClosed = true;
        topic.leave(onNews);
    }

    /** Reads whatever can be read now. */
    void look() {
        if (isClosed) {
            return;
        }
        if (!isThere()) {
            if (isUp) {
                loop.schedule(NOTICED, this::noticeLoss);
            }
            return;
        }
        if (!isPlaced || topic.life() != life || position < topic.first()) {
            isPlaced = true;
            life = topic.life();
            position = topic.end();
            taker.onPositioned();
        }
        if (!isUp) {
            isUp = true;
            taker.onUp(true);
        }
        if (!isTaking && position < topic.end()) {
            read();
        }
    }

    private void lookSoon() {
        loop.schedule(way.delay().get(), this::look);
    }

    private void noticeLoss() {
        if (isUp && !isThere()) {
            isUp = false;
            taker.onUp(false);
        }
    }

    private boolean isThere() {
        return way.isOpen().getAsBoolean() && !topic.isMissing();
    }

    private void read() {
        List<T> batch = new ArrayList<>();
        while (position < topic.end() && topic.at(position).form() == SimulatedTopic.Form.READABLE) {
            batch.add(topic.at(position++).value());
        }
        if (batch.isEmpty()) {
            boolean isNewer = topic.at(position++).form() == SimulatedTopic.Form.NEWER;
            taker.onUnreadable(isNewer ? 0 : 1, isNewer ? 1 : 0);
            look();
            return;
        }
        isTaking = true;
        taker.take(batch)
                .thenRun(() -> loop.execute(() -> {
                    isTaking = false;
                    look();
                }));
    }
}
