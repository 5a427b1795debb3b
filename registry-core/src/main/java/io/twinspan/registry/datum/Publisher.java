package io.twinspan.registry.datum;

import java.util.List;

/**
 * One registration of one client, as every node keeps it.
 *
 * @param zone the client's own cell; the key under which subscribers see the addresses
 * @param appName may be empty
 * @param client the client's {@code ip:port} as the session saw it
 * @param addresses what is published, in the client's order; may be empty
 * @param movingSinceMillis when its owner closed the connection for the client to go to another datacenter, in milliseconds since
 *     1970; 0 while the owner stands behind it. No content: who subscribes sees no difference
 * @param keptSinceMillis when an operator said that it stays although nobody stands behind it, in milliseconds since 1970; 0 for all
 *     others. No content either
 */
public record Publisher(
        RegistrationId id,
        RegistrationOrder order,
        Owner owner,
        String zone,
        String appName,
        String client,
        List<String> addresses,
        long movingSinceMillis,
        long keptSinceMillis) {
    /** Copies the addresses. */
    public Publisher {
        addresses = List.copyOf(addresses);
        if (movingSinceMillis < 0) {
            throw new IllegalArgumentException("publisher " + id + " is moving since " + movingSinceMillis);
        }
        if (keptSinceMillis < 0) {
            throw new IllegalArgumentException("publisher " + id + " is kept since " + keptSinceMillis);
        }
    }

    /** One that its owner stands behind. */
    public Publisher(
            RegistrationId id,
            RegistrationOrder order,
            Owner owner,
            String zone,
            String appName,
            String client,
            List<String> addresses) {
        this(id, order, owner, zone, appName, client, addresses, 0, 0);
    }

    /** True while its client is on the way to another datacenter: nobody stands behind it here, and no lease takes it away. */
    public boolean isMoving() {
        return movingSinceMillis > 0;
    }

    /** The same, its client being on the way since then. */
    public Publisher moving(long sinceMillis) {
        return new Publisher(id, order, owner, zone, appName, client, addresses, sinceMillis, keptSinceMillis);
    }

    /** True while an operator's word keeps it listed: its client has not come back, and no lease takes it away. */
    public boolean isKept() {
        return keptSinceMillis > 0;
    }

    /** The same, kept since then; since 0 when its client is back. */
    public Publisher kept(long sinceMillis) {
        return new Publisher(id, order, owner, zone, appName, client, addresses, movingSinceMillis, sinceMillis);
    }

    /** About how many bytes this takes in a message; for bounds and budgets. */
    public long estimatedBytes() {
        long bytes = 128L + client.length() + appName.length();
        for (String address : addresses) {
            bytes += 2L + address.length();
        }
        return bytes;
    }

    /** 32-bit hash of what a subscriber can see of this: identity, zone, addresses. Order and owner are not content. */
    int contentHash() {
        int hash = id.value().hashCode();
        hash = 31 * hash + zone.hashCode();
        hash = 31 * hash + addresses.hashCode();
        return mix(hash);
    }

    boolean hasSameContent(Publisher other) {
        return id.equals(other.id) && zone.equals(other.zone) && addresses.equals(other.addresses);
    }

    /** Finalizer of MurmurHash3, so that sums of hashes do not cancel out. */
    private static int mix(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
