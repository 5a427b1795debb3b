package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.metrics.MeterReading.counter;

import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.metrics.MeterReading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the data role's dealings with sessions. May be read on any thread. */
final class DataCounts {
    private static final Map<String, String> NONE = Map.of();

    /** Lives of sessions that are over. */
    final LongAdder sessionsOver = new LongAdder();
    /** Publishers that went because the session that had registered them is over. */
    final LongAdder leaseOver = new LongAdder();
    /** Publishers that went because no session has spoken up for them since a start. */
    final LongAdder unconfirmed = new LongAdder();
    /** Publishers that went because their time in quarantine was over. */
    final LongAdder quarantineOver = new LongAdder();
    /** Publishers that would have gone and are held. */
    final LongAdder held = new LongAdder();
    /** Calls to sessions that failed and are made again. */
    final LongAdder noticesFailed = new LongAdder();
    /** Datums that a session was to be told of, and never was before its life was over. */
    final LongAdder noticesGivenUp = new LongAdder();

    void removed(RemovalCause cause, QuarantineDesk.Parted parted) {
        (cause == RemovalCause.SESSION_LEASE_OVER ? leaseOver : unconfirmed).add(parted.removed());
        held.add(parted.held());
    }

    List<MeterReading> readings() {
        return List.of(
                counter("twinspan.data.sessions.over", NONE, sessionsOver.sum()),
                counter(
                        "twinspan.data.publishers.evicted",
                        cause(RemovalCause.SESSION_LEASE_OVER.name()),
                        leaseOver.sum()),
                counter("twinspan.data.publishers.evicted", cause(RemovalCause.UNCONFIRMED.name()), unconfirmed.sum()),
                counter("twinspan.data.publishers.evicted", cause("QUARANTINE_OVER"), quarantineOver.sum()),
                counter("twinspan.data.publishers.held", NONE, held.sum()),
                counter("twinspan.data.notices.failed", NONE, noticesFailed.sum()),
                counter("twinspan.data.notices.given.up", NONE, noticesGivenUp.sum()));
    }

    private static Map<String, String> cause(String name) {
        return Map.of("cause", name.toLowerCase(Locale.ROOT));
    }
}
