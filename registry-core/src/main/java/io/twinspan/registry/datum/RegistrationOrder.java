package io.twinspan.registry.datum;

import io.twinspan.registry.clock.Stamp;

/**
 * Which of two requests about one registration is the later one: first the client's own version, then the session's stamp of
 * the moment the request arrived. The client's own timestamp plays no part; its clock may be anything.
 *
 * @param clientVersion the number the client sent; it raises it at each republish
 */
public record RegistrationOrder(long clientVersion, Stamp stamp) implements Comparable<RegistrationOrder> {
    /** True when this request is later than {@code other}. */
    public boolean isAfter(RegistrationOrder other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(RegistrationOrder other) {
        int byVersion = Long.compare(clientVersion, other.clientVersion);
        return byVersion != 0 ? byVersion : stamp.compareTo(other.stamp);
    }
}
