package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.SlotId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an announcement brought.
 *
 * @param entries datums that are announced otherwise than before, and may be acted on
 * @param held datums that are announced as empty, of which their leaders are to say so themselves before it is acted on
 * @param known slots of which it is known only now what they do not hold
 */
public record PeerNews(List<DigestEntry> entries, List<DigestEntry> held, Set<SlotId> known) {
    /** Nothing new. */
    public static final PeerNews NONE = new PeerNews(List.of(), List.of(), Set.of());

    /** Copies the lists. */
    public PeerNews {
        entries = List.copyOf(entries);
        held = List.copyOf(held);
        known = Collections.unmodifiableSortedSet(new TreeSet<>(known));
    }
}
