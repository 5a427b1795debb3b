package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of values that a peer holds. Pure, and the same whichever side asks: a higher version is taken. One version with two
 * contents is a conflict: the greater text goes on, a removal being the least, so that nothing is lost; and it goes on under the
 * next version, because a client that has seen the losing content ignores everything that is not above it.
 *
 * @param newer to be taken as they are
 * @param decided conflicts, each with the version that follows it
 * @param lost of the conflicts, those in which the own content lost
 */
record ConfigMerge(List<ProvidedValue> newer, List<ProvidedValue> decided, Set<DataInfoId> lost) {
    static ConfigMerge decide(Map<DataInfoId, ProvidedValue> own, List<ProvidedValue> offered) {
        List<ProvidedValue> newer = new ArrayList<>();
        List<ProvidedValue> decided = new ArrayList<>();
        Set<DataInfoId> lost = new HashSet<>();
        for (ProvidedValue theirs : offered) {
            ProvidedValue ours = own.get(theirs.id());
            if (ours == null || ours.version() < theirs.version()) {
                newer.add(theirs);
            } else if (ours.version() == theirs.version() && ours.contentHash() != theirs.contentHash()) {
                boolean isTheirs = compare(theirs.data(), ours.data()) > 0;
                decided.add(new ProvidedValue(
                        theirs.id(), theirs.version() + 1, isTheirs ? theirs.data() : ours.data(), 0));
                if (isTheirs) {
                    lost.add(theirs.id());
                }
            }
        }
        return new ConfigMerge(newer, decided, lost);
    }

    /** What the answerer of a comparison holds under a higher version, or under an equal one with other content. */
    static List<ProvidedValue> newer(Map<DataInfoId, ProvidedValue> own, List<ProvidedDigest> theirs) {
        Map<DataInfoId, ProvidedDigest> held = byId(theirs);
        return own.values().stream()
                .filter(value -> {
                    ProvidedDigest known = held.get(value.id());
                    return known == null
                            || known.version() < value.version()
                            || (known.version() == value.version() && known.contentHash() != value.contentHash());
                })
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** What the asker of a comparison holds under a higher version. */
    static List<DataInfoId> wanted(Map<DataInfoId, ProvidedValue> own, List<ProvidedDigest> theirs) {
        return theirs.stream()
                .filter(digest -> {
                    ProvidedValue value = own.get(digest.id());
                    return value == null || value.version() < digest.version();
                })
                .map(ProvidedDigest::id)
                .toList();
    }

    private static Map<DataInfoId, ProvidedDigest> byId(List<ProvidedDigest> digests) {
        Map<DataInfoId, ProvidedDigest> byId = new HashMap<>();
        digests.forEach(digest -> byId.put(digest.id(), digest));
        return byId;
    }

    private static int compare(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return a.compareTo(b);
    }
}
