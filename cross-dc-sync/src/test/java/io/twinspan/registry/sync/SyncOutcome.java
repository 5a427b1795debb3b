package io.twinspan.registry.sync;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What comes of one misfortune between two datacenters, fixed beforehand.
 *
 * @param lasting what the west sees while it lasts; empty of one that is over as soon as it has happened
 * @param after what the west sees when it is over
 * @param isFromStart it was there before the datacenters were
 */
record SyncOutcome(
        String misfortune,
        Consumer<TwoSides> beginning,
        Optional<Seen> lasting,
        Consumer<TwoSides> ending,
        Seen after,
        boolean isFromStart) {
    /** What the west holds of the services that somebody there wants. */
    enum Held {
        /** What the east has. */
        RIGHT,
        /** What it held when it began. */
        AS_BEFORE,
        /** Of each service something that was right once, and nothing that is older than before. */
        RIGHT_OR_BEFORE
    }

    /**
     * What is seen, and goes on to be seen.
     *
     * @param seconds after the last change, at the latest
     */
    record Seen(int seconds, Set<PeerState> words, Set<SyncPath> paths, Held held) {
        @Override
        public String toString() {
            String word = words.size() == PeerState.values().length ? "any word" : words.toString();
            String path = paths.size() == SyncPath.values().length ? "any path" : paths.toString();
            return "within " + seconds + " s " + word + " over " + path + ", holding " + held;
        }
    }

    static Seen within(int seconds, PeerState word, SyncPath path, Held held) {
        return new Seen(seconds, EnumSet.of(word), EnumSet.of(path), held);
    }

    static Seen within(int seconds, PeerState word, Held held) {
        return new Seen(seconds, EnumSet.of(word), EnumSet.allOf(SyncPath.class), held);
    }

    static Seen within(int seconds, Set<PeerState> words, Held held) {
        return new Seen(seconds, words, EnumSet.allOf(SyncPath.class), held);
    }

    static Seen within(int seconds, Held held) {
        return new Seen(seconds, EnumSet.allOf(PeerState.class), EnumSet.allOf(SyncPath.class), held);
    }

    static SyncOutcome lasting(
            String misfortune, Consumer<TwoSides> beginning, Seen lasting, Consumer<TwoSides> ending, Seen after) {
        return new SyncOutcome(misfortune, beginning, Optional.of(lasting), ending, after, false);
    }

    static SyncOutcome once(String misfortune, Consumer<TwoSides> happening, Seen after) {
        return new SyncOutcome(misfortune, happening, Optional.empty(), nothing -> {}, after, false);
    }

    SyncOutcome fromTheStart() {
        return new SyncOutcome(misfortune, beginning, lasting, ending, after, true);
    }

    @Override
    public String toString() {
        return misfortune + lasting.map(seen -> ": " + seen).orElse("") + "; after it " + after;
    }
}
