package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import java.util.List;

/**
 * The answer to {@link CompareProvided}.
 *
 * @param isEqual true when the roots are equal; then there is nothing more to say
 * @param newer what the answerer holds under a higher version, and under the same one with other data
 * @param wanted what the asker holds under a higher version
 * @param hasMore true when not everything newer found room
 */
public record ProvidedComparison(boolean isEqual, List<ProvidedValue> newer, List<DataInfoId> wanted, boolean hasMore) {
    /** Nothing differs. */
    public static final ProvidedComparison EQUAL = new ProvidedComparison(true, List.of(), List.of(), false);

    /** The roots differ, and more was not asked. */
    public static final ProvidedComparison DIFFERENT = new ProvidedComparison(false, List.of(), List.of(), false);

    /** Copies the lists. */
    public ProvidedComparison {
        newer = List.copyOf(newer);
        wanted = List.copyOf(wanted);
    }
}
