package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedValue;
import java.util.List;
import java.util.Map;

/** Names of everything that is held, made anew only when something has changed. Belongs to one event loop. */
final class Digests {
    private final LocalConfig local;
    private Map<DataInfoId, ProvidedValue> of = Map.of();
    private List<ProvidedDigest> entries = List.of();
    private long root;

    Digests(LocalConfig local) {
        this.local = local;
    }

    List<ProvidedDigest> entries() {
        refresh();
        return entries;
    }

    long root() {
        refresh();
        return root;
    }

    // Identity is meant: the map is immutable and its hashes cost more than looking whether it is another one.
    @SuppressWarnings("ReferenceEquality")
    private void refresh() {
        Map<DataInfoId, ProvidedValue> now = local.values();
        if (now != of) {
            of = now;
            entries = now.values().stream().map(ProvidedDigest::of).toList();
            root = entries.stream().mapToLong(ProvidedDigest::hash).sum();
        }
    }
}
