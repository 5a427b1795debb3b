package io.twinspan.registry.subscription;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * What a session knows of a service in its own datacenter.
 *
 * @param isKnown false while nobody has been able to say anything; that is not the same as empty
 * @param addresses number of addresses offered; 0 when not known
 */
public record OwnSegment(DatacenterId datacenter, boolean isKnown, int addresses) {
    /** Refuses negative counts, and addresses of what is not known. */
    public OwnSegment {
        if (addresses < 0 || (!isKnown && addresses > 0)) {
            throw new IllegalArgumentException(
                    addresses + " addresses of a segment that is " + (isKnown ? "known" : "not known"));
        }
    }

    /** Nothing can be said. */
    public static OwnSegment unknown(DatacenterId datacenter) {
        return new OwnSegment(datacenter, false, 0);
    }

    /** So many addresses. */
    public static OwnSegment of(DatacenterId datacenter, int addresses) {
        return new OwnSegment(datacenter, true, addresses);
    }
}
