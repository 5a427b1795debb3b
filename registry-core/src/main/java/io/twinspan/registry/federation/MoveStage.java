package io.twinspan.registry.federation;

import java.util.Arrays;
import java.util.Locale;

/** How far a {@link MoveOrder} has come. */
public enum MoveStage {
    /** Both sides fetch what the other has and show their subscribers both datacenters; nobody is sent away yet. */
    PREPARED,
    /** Clients are told of the target's sessions, and the source closes their connections. */
    COMMITTED,
    /** No connection is closed any more. What is under way comes to its end, and both datacenters are shown a while longer. */
    ENDED;

    /** The word in JSON and command lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The stage of a word.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static MoveStage ofWord(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("stage '" + word + "' is none of prepared, committed, ended"));
    }
}
