package io.twinspan.registry.it.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one member of a meta group has saved: its vote and its log. Everything is there as soon as it is written. */
final class MetaDisk {
    /** One place of the log; two with the same term and command are still two. */
    static final class Entry {
        private final long term;
        private final byte @Nullable [] command;

        /** @param command null for what a new leader writes only to begin its term */
        Entry(long term, byte @Nullable [] command) {
            this.term = term;
            this.command = command;
        }

        long term() {
            return term;
        }

        byte @Nullable [] command() {
            return command;
        }
    }

    private final List<Entry> log = new ArrayList<>();
    private long term;
    private @Nullable String vote;

    long term() {
        return term;
    }

    /** For whom it has voted in this term; null for nobody yet. */
    @Nullable
    String vote() {
        return vote;
    }

    void vote(String name) {
        vote = name;
    }

    /** A later term, in which nobody has been voted for. */
    void term(long later) {
        term = later;
        vote = null;
    }

    int size() {
        return log.size();
    }

    Entry entry(int index) {
        return log.get(index);
    }

    /** Term of the entry before this place; 0 before the first. */
    long termBefore(int index) {
        return index == 0 ? 0 : log.get(index - 1).term();
    }

    List<Entry> after(int index) {
        return List.copyOf(log.subList(index, log.size()));
    }

    void add(Entry entry) {
        log.add(entry);
    }

    /** Puts entries in behind the first {@code index}; whatever contradicts them goes, with all that follows it. */
    void take(int index, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            int place = index + i;
            if (place < log.size() && log.get(place).term() != entries.get(i).term()) {
                log.subList(place, log.size()).clear();
            }
            if (place == log.size()) {
                log.add(entries.get(i));
            }
        }
    }

    /** Nothing is left of it. */
    void wipe() {
        log.clear();
        term(0);
    }
}
