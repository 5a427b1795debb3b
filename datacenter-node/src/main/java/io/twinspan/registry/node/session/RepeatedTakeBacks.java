package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takings back that may not last, and are therefore said again. The client has been told yes and has forgotten them.
 *
 * <p>One that a slot leader did not honour, because the registration belongs to another session that seemed to live, is said until
 * that session is known to be over, or for as long as that may take; otherwise a session that was killed would leave behind what
 * its clients have taken back since, and the quarantine would keep it. One that it has applied is said until it answers that there
 * is nothing left to take back: a leader that is killed before it has saved that comes back with the registration, and of one that
 * another session owned no comparison of digests would tell. Whatever is known of a slot is said at once when its leader is found to
 * lack something.
 *
 * <p>The order stays the one of the request: what is registered after it stands. The oldest are forgotten beyond a bound. Belongs
 * to the session's event loop.
 */
final class RepeatedTakeBacks {
    /** Between two times that one is said; longer than a leader takes to save what it has applied. */
    static final Duration EVERY = Duration.ofSeconds(5);

    /** Longer than the leases of a session at its data nodes and at meta take to end, one after the other. */
    static final Duration KEPT = Duration.ofMinutes(2);

    private record Sent(DatumChange.Unregister change, long firstNanos, long lastNanos) {}

    private final Map<PublisherKey, Sent> sent = new LinkedHashMap<>();
    private final int most;

    RepeatedTakeBacks(int most) {
        this.most = most;
    }

    /** What came of one. */
    void onAnswer(PublisherKey key, DatumChange.Unregister change, ChangeOutcome outcome, long nowNanos) {
        Sent before = sent.remove(key);
        if (outcome == ChangeOutcome.NOT_OWNER || outcome == ChangeOutcome.APPLIED) {
            boolean isSame = before != null && before.change().order().equals(change.order());
            sent.put(key, new Sent(change, before != null && isSame ? before.firstNanos() : nowNanos, nowNanos));
            if (sent.size() > most) {
                sent.remove(sent.keySet().iterator().next());
            }
        }
    }

    /** A client has said something newer of it. */
    void forget(PublisherKey key) {
        sent.remove(key);
    }

    /** True while a registration under this number of its client, or an earlier one, is being taken back. */
    boolean isUnderWay(PublisherKey key, long clientVersion) {
        Sent taking = sent.get(key);
        return taking != null && taking.change().order().clientVersion() > clientVersion;
    }

    /** All that is remembered of these slots, however lately it was said. */
    List<Map.Entry<PublisherKey, DatumChange.Unregister>> in(Set<SlotId> slots) {
        return sent.entrySet().stream()
                .filter(each -> slots.contains(SlotId.of(each.getKey().service())))
                .map(each -> Map.entry(each.getKey(), each.getValue().change()))
                .toList();
    }

    /** What is to be said again now. What got no answer comes again as well. */
    List<Map.Entry<PublisherKey, DatumChange.Unregister>> due(long nowNanos) {
        sent.values().removeIf(each -> nowNanos - each.firstNanos() > KEPT.toNanos());
        List<Map.Entry<PublisherKey, DatumChange.Unregister>> due = new ArrayList<>();
        sent.replaceAll((key, each) -> {
            if (nowNanos - each.lastNanos() < EVERY.toNanos()) {
                return each;
            }
            due.add(Map.entry(key, each.change()));
            return new Sent(each.change(), each.firstNanos(), nowNanos);
        });
        return due;
    }
}
