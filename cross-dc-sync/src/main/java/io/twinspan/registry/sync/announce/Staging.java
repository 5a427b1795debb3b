package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a frozen slot that have come so far, in any order and more than once. */
final class Staging {
    private final SlotRoot frozen;
    private final int chunks;
    private final Map<Integer, List<DigestEntry>> parts = new HashMap<>();

    Staging(Full first) {
        this.frozen = first.frozen();
        this.chunks = first.chunks();
    }

    SlotRoot frozen() {
        return frozen;
    }

    /** True when this is a part of the same digest. */
    boolean isOf(Full part) {
        return part.frozen().equals(frozen) && part.chunks() == chunks;
    }

    void add(Full part) {
        parts.put(part.chunk(), part.entries());
    }

    boolean isWhole() {
        return parts.size() == chunks;
    }

    List<DigestEntry> entries() {
        List<DigestEntry> all = new ArrayList<>();
        parts.values().forEach(all::addAll);
        return all;
    }
}
