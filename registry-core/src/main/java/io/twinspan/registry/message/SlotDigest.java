package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of everything that is announced of a slot.
 *
 * @param frozen as of where, and what all parts come to; null when this node does not announce the slot, or has forgotten the place
 * @param parts how many there are
 */
public record SlotDigest(NodeId node, @Nullable SlotRoot frozen, int part, int parts, List<DigestEntry> entries) {
    /** Copies the entries. */
    public SlotDigest {
        entries = List.copyOf(entries);
    }

    /** Nothing to tell. */
    public static SlotDigest unknown(NodeId node) {
        return new SlotDigest(node, null, 0, 0, List.of());
    }
}
