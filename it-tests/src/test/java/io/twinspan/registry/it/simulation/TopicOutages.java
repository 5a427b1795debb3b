package io.twinspan.registry.it.simulation;

import java.util.ArrayList;
import java.util.List;

/** Whether the topics between the datacenters are away now, and who waits for them to be back. */
final class TopicOutages {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean isOut;

    boolean isOut() {
        return isOut;
    }

    /** To be told each time they are back. */
    void add(Runnable onBack) {
        waiting.add(onBack);
    }

    void begin() {
        isOut = true;
    }

    void end() {
        isOut = false;
        List.copyOf(waiting).forEach(Runnable::run);
    }
}
