package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest entry of each datum of one slot, and what they come to. Not thread-safe. */
final class VersionTable {
    private final Map<DataInfoId, DigestEntry> entries = new HashMap<>();
    private Root root = Root.ZERO;
    private int count;

    /** Puts an entry in the place of whatever is there; returns that. */
    @Nullable
    DigestEntry put(DigestEntry entry) {
        DigestEntry before = entries.put(entry.id(), entry);
        if (before != null) {
            leave(before);
        }
        root = root.plus(Root.of(entry));
        count += entry.count() > 0 ? 1 : 0;
        return before;
    }

    /** Forgets what is empty and meets a test; neither root nor count change. */
    void forgetEmpty(Predicate<DigestEntry> isOver) {
        entries.values().removeIf(entry -> entry.count() == 0 && isOver.test(entry));
    }

    Optional<DigestEntry> find(DataInfoId id) {
        return Optional.ofNullable(entries.get(id));
    }

    Collection<DigestEntry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    List<DigestEntry> copy() {
        return List.copyOf(entries.values());
    }

    Root root() {
        return root;
    }

    /** Datums with publishers. */
    int count() {
        return count;
    }

    private void leave(DigestEntry before) {
        root = root.minus(Root.of(before));
        count -= before.count() > 0 ? 1 : 0;
    }
}
