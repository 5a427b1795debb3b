package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;

/**
 * Meta to a meta of a peer datacenter: these provided values are held here; take what is newer than yours.
 *
 * @param from whose they are; a meta sends the offer on to its leader as it came
 */
public record OfferProvided(DatacenterId from, List<ProvidedValue> values) implements Request<ProvidedHeld> {
    /** Copies the values. */
    public OfferProvided {
        values = List.copyOf(values);
    }
}
