package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;

/**
 * One registration as this session holds it.
 *
 * @param isOff taken out by an operator together with its connection
 * @param isSuperseded the slot leader knows a later registration of the same id: the client is elsewhere, or an old request of it
 *     was read late there. As long as the connection lives, it is offered again from time to time
 */
record PublisherEntry(PublisherKey key, Publisher publisher, boolean isOff, boolean isSuperseded) {
    long connection() {
        return publisher.owner().connection();
    }

    long clientVersion() {
        return publisher.order().clientVersion();
    }

    /** True when data nodes should hold it as ours. */
    boolean isInForce() {
        return !isOff && !isSuperseded;
    }

    PublisherEntry withOff(boolean nowOff) {
        return new PublisherEntry(key, publisher, nowOff, isSuperseded);
    }

    PublisherEntry withSuperseded(boolean nowSuperseded) {
        return new PublisherEntry(key, publisher, isOff, nowSuperseded);
    }

    /** The same, its client being on the way to another datacenter since then. */
    PublisherEntry moving(long sinceMillis) {
        return new PublisherEntry(key, publisher.moving(sinceMillis), isOff, isSuperseded);
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
        return new PublisherEntry(key, again, false, false);
    }
}
