package io.twinspan.registry.pushswitch;

import java.util.Arrays;
import java.util.Locale;

/** How far the push is closed, in rising strictness. */
public enum PushPosition {
    /** Everything goes out. */
    OPEN,
    /** First lists and additions go out, what takes something away waits. */
    HOLD_SHRINK,
    /** Nothing goes out but the first list of a client that starts. */
    CLOSED,
    /** Nobody has said yet whether push is closed, so that even first lists wait. No token has this position. */
    UNKNOWN;

    /** The word in command lines and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The position of a word that a token may have.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static PushPosition ofWord(String word) {
        return Arrays.stream(new PushPosition[] {CLOSED, HOLD_SHRINK})
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("position '" + word + "' is none of closed, hold-shrink"));
    }

    /** The one question of the push switch: may a push with this effect start now. */
    public boolean lets(PushEffect effect) {
        return switch (this) {
            case OPEN -> true;
            case HOLD_SHRINK -> effect != PushEffect.REMOVAL;
            case CLOSED -> effect == PushEffect.FIRST_LIST;
            case UNKNOWN -> false;
        };
    }

    /** The stricter one. */
    public PushPosition or(PushPosition other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
