package io.twinspan.registry.it.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One topic as its broker keeps it: records by offset, of which the first may be gone, in a life that ends when it is deleted. */
final class SimulatedTopic<T> {
    /** What a reader finds in a record. */
    enum Form {
        READABLE,
        POISONED,
        NEWER
    }

    /** One record. */
    record Entry<T>(T value, Form form) {}

    private final List<Entry<T>> entries = new ArrayList<>();
    private final Set<Runnable> readers = new LinkedHashSet<>();
    private long first;
    private long life;
    private boolean isMissing;

    /** Told whenever there may be something to read, or it is gone, or there again. */
    void join(Runnable reader) {
        readers.add(reader);
    }

    void leave(Runnable reader) {
        readers.remove(reader);
    }

    /** Changes when it is made anew. */
    long life() {
        return life;
    }

    boolean isMissing() {
        return isMissing;
    }

    /** Offset of the oldest record that is still there. */
    long first() {
        return first;
    }

    /** Offset that the next record gets. */
    long end() {
        return first + entries.size();
    }

    Entry<T> at(long offset) {
        return entries.get((int) (offset - first));
    }

    void append(T value, Form form) {
        entries.add(new Entry<>(value, form));
        tell();
    }

    /** Everything that was written is gone, read or not; offsets go on. */
    void truncate() {
        first = end();
        entries.clear();
        tell();
    }

    void delete() {
        isMissing = true;
        entries.clear();
        tell();
    }

    /** Another one of the same name, empty, whose offsets begin anew. */
    void recreate() {
        isMissing = false;
        entries.clear();
        first = 0;
        life++;
        tell();
    }

    private void tell() {
        List.copyOf(readers).forEach(Runnable::run);
    }
}
