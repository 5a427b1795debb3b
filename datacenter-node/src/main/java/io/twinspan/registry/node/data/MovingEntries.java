package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.RegistrationId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Listed registrations whose connection is gone while their clients are expected elsewhere, as the sessions that had them say. In
 * memory only: a leader that does not know waits until the session takes them away.
 */
final class MovingEntries {
    /** Most that are remembered; the oldest go first. */
    static final int MOST = 100_000;

    /** Longer than a session keeps any of them. */
    static final Duration KEPT = Duration.ofMinutes(11);

    private record Name(DataInfoId service, RegistrationId id) {}

    private record Moving(Owner owner, long nanos) {}

    private final Map<Name, Moving> entries = new LinkedHashMap<>();

    void put(DataInfoId service, RegistrationId id, Owner owner, long nowNanos) {
        forgetOld(nowNanos);
        Name name = new Name(service, id);
        entries.remove(name);
        entries.put(name, new Moving(owner, nowNanos));
    }

    /** True when the one that is listed for this owner has no connection any more. */
    boolean contains(DataInfoId service, RegistrationId id, Owner owner) {
        Moving moving = entries.get(new Name(service, id));
        return moving != null && moving.owner().equals(owner);
    }

    private void forgetOld(long nowNanos) {
        Iterator<Moving> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            if (nowNanos - oldest.next().nanos() <= KEPT.toNanos() && entries.size() < MOST) {
                return;
            }
            oldest.remove();
        }
    }
}
