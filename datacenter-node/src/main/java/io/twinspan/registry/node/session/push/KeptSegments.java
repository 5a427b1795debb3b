package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.pushswitch.PushScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of one service is shown while push is not open: while removals wait, what is held and besides it whoever has gone since; while
 * push is closed, to clients that start, what was held when it was closed.
 */
final class KeptSegments {
    private final Map<DatacenterId, HeldSegment> unshrunk = new HashMap<>();
    private final Map<DatacenterId, HeldSegment> frozen = new HashMap<>();
    private boolean isHoldingShrink;
    private List<PushScope> closed = List.of();
    private long frozenAt;

    /** Removals wait from now on, or no longer. */
    void holdShrink(boolean isHolding) {
        isHoldingShrink = isHolding;
        if (!isHolding) {
            unshrunk.clear();
        }
    }

    /**
     * Push is closed for these from now on. Kept is what was held when it was closed for anybody further: a list of an earlier closing,
     * for other clients, would be older than what everybody has.
     *
     * @param closedNow none when push is closed for nobody
     * @param arrivals how many subscribers have arrived by now
     */
    void freeze(List<PushScope> closedNow, Map<DatacenterId, HeldSegment> held, long arrivals) {
        boolean isFurther = closedNow.stream()
                .anyMatch(now -> closed.stream().noneMatch(before -> before.isAboutTheClientsOf(now)));
        if (isFurther || closedNow.isEmpty()) {
            frozen.clear();
        }
        if (isFurther) {
            frozen.putAll(held);
            frozenAt = arrivals;
        }
        closed = closedNow;
    }

    /** True for a subscriber that arrived after push was closed. */
    boolean isAfterFreezing(long arrival) {
        return !closed.isEmpty() && arrival > frozenAt;
    }

    /** Something else is held of a segment than before. */
    void onHeld(DatacenterId segment, @Nullable HeldSegment before, HeldSegment now, String zone) {
        if (!closed.isEmpty()) {
            frozen.putIfAbsent(segment, now);
        }
        HeldSegment longer = unshrunk.get(segment);
        HeldSegment shown = longer == null ? before : longer;
        if (!isHoldingShrink || shown == null) {
            return;
        }
        List<Publisher> gone = gone(shown.datum(), now.datum());
        if (gone.isEmpty()) {
            unshrunk.remove(segment);
            return;
        }
        List<Publisher> all = new ArrayList<>(now.datum().publishers());
        all.addAll(gone);
        unshrunk.put(
                segment, new HeldSegment(Datum.of(segment, now.datum().id(), now.version(), all, List.of()), zone));
    }

    /** Nobody wants the segment any more. */
    void forget(DatacenterId segment) {
        unshrunk.remove(segment);
        frozen.remove(segment);
    }

    /** What is shown in place of what is held while removals wait; empty when nothing has gone. */
    Optional<HeldSegment> unshrunk(DatacenterId segment) {
        return Optional.ofNullable(unshrunk.get(segment));
    }

    /** What was held when push was closed, or the first that was heard since. */
    Optional<HeldSegment> frozen(DatacenterId segment) {
        return Optional.ofNullable(frozen.get(segment));
    }

    /** Whoever registers again, or whose address somebody else has registered, has not gone. */
    private static List<Publisher> gone(Datum shown, Datum now) {
        Set<RegistrationId> ids = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (Publisher each : now.publishers()) {
            ids.add(each.id());
            addresses.addAll(each.addresses());
        }
        return shown.publishers().stream()
                .filter(each -> !ids.contains(each.id()) && !addresses.containsAll(each.addresses()))
                .toList();
    }
}
