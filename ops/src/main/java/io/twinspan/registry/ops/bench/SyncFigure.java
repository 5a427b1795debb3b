package io.twinspan.registry.ops.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One figure of the sync between datacenters.
 *
 * @param what was measured
 * @param measured what came of it, with its unit
 * @param wanted what it is to be
 * @param isReached whether it is
 * @param notes more lines, below it
 */
public record SyncFigure(String what, String measured, String wanted, boolean isReached, List<String> notes) {
    /** Copies the notes. */
    public SyncFigure {
        notes = List.copyOf(notes);
    }

    /** What a person reads. */
    public List<String> lines() {
        return Stream.concat(
                        Stream.of(String.format(
                                Locale.ROOT,
                                "%-7s %s: %s (wanted: %s)",
                                isReached ? "reached" : "MISSED",
                                what,
                                measured,
                                wanted)),
                        notes.stream().map(note -> "          " + note))
                .toList();
    }
}
