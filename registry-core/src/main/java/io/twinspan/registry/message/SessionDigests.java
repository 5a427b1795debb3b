package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;

/** The hashes that sessions and slot leaders add up to find out whether they hold the same. */
public final class SessionDigests {
    private SessionDigests() {}

    /** 64-bit hash of one registration: service, identity, order, owning connection, and whether its client moves. */
    public static long ofPublisher(DataInfoId service, Publisher publisher) {
        long hash = service.textHash();
        hash = mix(hash * 31 + publisher.id().value().hashCode());
        hash = mix(hash * 31 + publisher.order().clientVersion());
        hash = mix(hash * 31 + publisher.order().stamp().value());
        hash = mix(hash * 31 + publisher.owner().connection());
        return publisher.isMoving() ? mix(hash + 1) : hash;
    }

    /** 64-bit hash of one interest. */
    public static long ofInterest(Interest interest) {
        return mix(interest.service().textHash() * 31L + (interest.isGlobal() ? 1 : 0));
    }

    /** Finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
