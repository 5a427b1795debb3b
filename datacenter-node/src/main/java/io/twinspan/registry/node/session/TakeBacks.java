package io.twinspan.registry.node.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Registrations that were taken back over a connection which had not registered them. A client that has reconnected does so while
 * its old connection is not yet seen closed, and a refusal would be for ever, so it is told yes; but anybody may send this, so
 * what another connection registered stays until that one closes. However that closes, it is taken back then: nobody holds it.
 * Should the connection register it after all, it was sent before, and the taking back happens then. The oldest are forgotten
 * beyond a bound. Belongs to the session's event loop.
 */
final class TakeBacks {
    private record Sent(long connection, PublisherKey key) {}

    private final Map<Sent, Long> versions = new LinkedHashMap<>();
    private final Map<PublisherKey, Long> latest = new HashMap<>();
    private final int most;

    TakeBacks(int most) {
        this.most = most;
    }

    void remember(ClientSession client, PublisherKey key, long clientVersion) {
        latest.merge(key, clientVersion, Math::max);
        Sent sent = new Sent(client.connection().number(), key);
        Long before = versions.remove(sent);
        versions.put(sent, before == null ? clientVersion : Math.max(before, clientVersion));
        if (versions.size() > most) {
            Sent oldest = versions.keySet().iterator().next();
            versions.remove(oldest);
            latest.remove(oldest.key());
        }
    }

    /** True when anybody took back what was registered under this number of its client. */
    boolean isTakenBack(PublisherKey key, long clientVersion) {
        return latest(key) > clientVersion;
    }

    /** The highest number under which anybody took it back; lower than any while nobody has. */
    long latest(PublisherKey key) {
        return latest.getOrDefault(key, Long.MIN_VALUE);
    }

    /** True when this connection took it back under this number or a later one. */
    boolean isTakenBackBy(ClientSession client, PublisherKey key, long clientVersion) {
        return after(client, key, clientVersion - 1).isPresent();
    }

    /** The number under which this connection took it back, when that is later than {@code clientVersion}. */
    OptionalLong after(ClientSession client, PublisherKey key, long clientVersion) {
        Long version = versions.get(new Sent(client.connection().number(), key));
        return version != null && version > clientVersion ? OptionalLong.of(version) : OptionalLong.empty();
    }
}
