package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One subscriber object of a client, with the official client's rule (WIRE §1.4) applied literally: a segment is replaced only by
 * a strictly higher number, anything else is ignored and still answered with success; what is shown is the union.
 */
final class Subscription {
    private final LiteralClient client;
    private final DataInfoId service;
    private final String registId;
    private final Scope scope;
    private final Map<DatacenterId, SegmentPush> segments = new TreeMap<>();
    private final Map<String, Long> shownSince = new TreeMap<>();
    private boolean isAcknowledged;
    private long acknowledgedNanos;

    Subscription(LiteralClient client, DataInfoId service, String registId, Scope scope) {
        this.client = client;
        this.service = service;
        this.registId = registId;
        this.scope = scope;
    }

    LiteralClient client() {
        return client;
    }

    DataInfoId service() {
        return service;
    }

    String registId() {
        return registId;
    }

    Scope scope() {
        return scope;
    }

    boolean isAcknowledged() {
        return isAcknowledged;
    }

    void acknowledged(boolean now, long nowNanos) {
        isAcknowledged = now;
        acknowledgedNanos = nowNanos;
    }

    /** True when the session has had this subscriber, without a break, since then. */
    boolean isAcknowledgedSince(long nanos) {
        return isAcknowledged && acknowledgedNanos <= nanos;
    }

    /** True once anything of that datacenter was taken, be it empty. */
    boolean has(DatacenterId segment) {
        return segments.containsKey(segment);
    }

    /** True when what it took last of that datacenter is not empty. */
    boolean isShownAnyOf(DatacenterId segment) {
        SegmentPush last = segments.get(segment);
        return last != null && !last.addressesByZone().isEmpty();
    }

    /** What the application is shown. */
    SortedSet<String> shown() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(shownSince.keySet()));
    }

    boolean shows(String address) {
        return shownSince.containsKey(address);
    }

    /** Since when an address has been shown without a break. */
    long shownSince(String address) {
        return shownSince.getOrDefault(address, Long.MAX_VALUE);
    }

    /** Takes a push in, or ignores it. */
    void onPush(SegmentPush push, long nowNanos) {
        SegmentPush known = segments.get(push.segment());
        if (known != null && push.wireVersion() <= known.wireVersion()) {
            return;
        }
        segments.put(push.segment(), push);
        TreeSet<String> union = new TreeSet<>();
        segments.values().forEach(each -> each.addressesByZone().values().forEach(union::addAll));
        shownSince.keySet().retainAll(union);
        union.forEach(address -> shownSince.putIfAbsent(address, nowNanos));
    }

    @Override
    public String toString() {
        return "subscriber " + registId + " of " + service.dataId() + " " + scope;
    }
}
