package io.twinspan.registry.message;

import java.util.List;

/**
 * The answer to {@link OfferProvided}.
 *
 * @param held what is held now, in the order of the question
 */
public record ProvidedHeld(List<ProvidedDigest> held) {
    /** Copies the digests. */
    public ProvidedHeld {
        held = List.copyOf(held);
    }
}
