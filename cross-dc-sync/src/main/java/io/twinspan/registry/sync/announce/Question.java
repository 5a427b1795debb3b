package io.twinspan.registry.sync.announce;

import io.twinspan.registry.slot.SlotId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be asked of a peer.
 *
 * @param slots whose whole content is wanted
 * @param wantsSummary whether whole summaries are wanted
 * @param isAgain something of it was asked more than once already, and no answer has come
 */
public record Question(Set<SlotId> slots, boolean wantsSummary, boolean isAgain) {
    /** Copies the slots. */
    public Question {
        slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
    }
}
