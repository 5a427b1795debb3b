package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SessionSlotDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each session life has registered in one slot, as number and sum of hashes, kept up with every change. */
final class RegistrationSums {
    /** A difference is reported when nothing of the session has changed for this long: else it may still be on its way. */
    static final Duration QUIET = Duration.ofSeconds(1);

    /** A difference that has lasted this long is reported also while changes keep coming. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final class Sum {
        private int count;
        private long hash;
        private long changedNanos;
        private boolean isDifferent;
        private long differentSinceNanos;
    }

    private final Map<SessionIncarnation, Sum> sums = new HashMap<>();
    private final Map<String, Integer> zones = new HashMap<>();

    void add(DataInfoId service, Publisher publisher, long nowNanos) {
        change(service, publisher, 1, nowNanos);
    }

    /** One registration before and after a change; the same object means that there was none. */
    void replace(DataInfoId service, Optional<Publisher> before, Optional<Publisher> after, long nowNanos) {
        after.ifPresent(publisher -> change(service, publisher, 1, nowNanos));
        before.ifPresent(publisher -> change(service, publisher, -1, nowNanos));
    }

    /** Those who own something here; changes with this. */
    Set<SessionIncarnation> sessions() {
        return Collections.unmodifiableSet(sums.keySet());
    }

    int count(SessionIncarnation session) {
        Sum sum = sums.get(session);
        return sum == null ? 0 : sum.count;
    }

    /** Publishers of all lives of a session node. */
    int count(NodeId node) {
        int count = 0;
        for (Map.Entry<SessionIncarnation, Sum> each : sums.entrySet()) {
            if (each.getKey().node().equals(node)) {
                count += each.getValue().count;
            }
        }
        return count;
    }

    int countInZone(String zone) {
        return zones.getOrDefault(zone, 0);
    }

    /** True when a session believes of its registrations here what is true. */
    boolean isSame(SessionIncarnation session, SessionSlotDigest claimed) {
        Sum sum = sums.get(session);
        return sum == null
                ? claimed.publishers() == 0
                : sum.count == claimed.publishers() && sum.hash == claimed.publishersHash();
    }

    /** True when the session should send all it has in this slot. */
    boolean isToBeRepaired(SessionIncarnation session, SessionSlotDigest claimed, long nowNanos) {
        Sum sum = sums.get(session);
        if (sum == null) {
            return claimed.publishers() != 0;
        }
        if (sum.count == claimed.publishers() && sum.hash == claimed.publishersHash()) {
            sum.isDifferent = false;
            return false;
        }
        if (!sum.isDifferent) {
            sum.isDifferent = true;
            sum.differentSinceNanos = nowNanos;
        }
        return nowNanos - sum.changedNanos >= QUIET.toNanos()
                || nowNanos - sum.differentSinceNanos >= PATIENCE.toNanos();
    }

    private void change(DataInfoId service, Publisher publisher, int sign, long nowNanos) {
        SessionIncarnation session = publisher.owner().session();
        Sum sum = sums.computeIfAbsent(session, ignored -> new Sum());
        sum.count += sign;
        sum.hash += sign * SessionDigests.ofPublisher(service, publisher);
        sum.changedNanos = nowNanos;
        zones.merge(publisher.zone(), sign, (a, b) -> a + b == 0 ? null : a + b);
        if (sum.count == 0) {
            sums.remove(session);
        }
    }
}
