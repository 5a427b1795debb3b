package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;

/**
 * One registration as this session holds it.
 *
 * @param requestVersion the client's own number as it sent it; the order's may be higher after it was stamped again
 * @param isOff taken out by an operator together with its connection
 * @param isSuperseded the slot leader knows a later registration of the same id elsewhere: the client has moved, and this one is
 *     kept only until its connection closes
 */
record PublisherEntry(PublisherKey key, Publisher publisher, long requestVersion, boolean isOff, boolean isSuperseded) {
    long connection() {
        return publisher.owner().connection();
    }

    /** True when data nodes should hold it as ours. */
    boolean isInForce() {
        return !isOff && !isSuperseded;
    }

    PublisherEntry off() {
        return new PublisherEntry(key, publisher, requestVersion, true, isSuperseded);
    }

    PublisherEntry superseded() {
        return new PublisherEntry(key, publisher, requestVersion, isOff, true);
    }

    /** In force under another order. */
    PublisherEntry ordered(RegistrationOrder order) {
        Publisher again = new Publisher(
                publisher.id(),
                order,
                publisher.owner(),
                publisher.zone(),
                publisher.appName(),
                publisher.client(),
                publisher.addresses());
        return new PublisherEntry(key, again, requestVersion, false, false);
    }
}
