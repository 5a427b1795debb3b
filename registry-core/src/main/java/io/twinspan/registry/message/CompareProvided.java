package io.twinspan.registry.message;

import java.util.List;

/**
 * Meta to a meta of a peer datacenter: what do you hold otherwise than I.
 *
 * @param root sum of {@link ProvidedDigest#hash} over everything that is held
 * @param isRootOnly true when the entries are left out, to be sent only if the roots differ
 */
public record CompareProvided(long root, boolean isRootOnly, List<ProvidedDigest> entries)
        implements Request<ProvidedComparison> {
    /** Copies the entries. */
    public CompareProvided {
        entries = List.copyOf(entries);
    }
}
