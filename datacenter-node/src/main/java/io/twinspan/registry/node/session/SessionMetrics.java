package io.twinspan.registry.node.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the session's dealings with clients and data nodes. May be read on any thread. */
public final class SessionMetrics {
    final LongAdder takenBackElsewhere = new LongAdder();
    final LongAdder changesFailed = new LongAdder();
    /** Of these, what takes off that which an operator has taken out. */
    final LongAdder clientsOffFailed = new LongAdder();
    /** Services that subscribers wait for, each time they could not be compared because no data node leads their slot. */
    final LongAdder comparisonsGivenUp = new LongAdder();

    final LongAdder changesLeftOut = new LongAdder();
    final LongAdder superseded = new LongAdder();
    final LongAdder kept = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder movedAway = new LongAdder();
    final LongAdder sentAway = new LongAdder();
    final LongAdder offeredAgain = new LongAdder();
    final LongAdder wonBack = new LongAdder();
    final LongAdder fetchesFailed = new LongAdder();
    final LongAdder renewalsFailed = new LongAdder();
    final LongAdder slotsSynced = new LongAdder();
    final LongAdder versionsRaised = new LongAdder();
    final LongAdder openedUnknown = new LongAdder();

    /** The counters by their metric names. */
    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        values.put("twinspan.session.registrations.taken.back.elsewhere", takenBackElsewhere.sum());
        values.put("twinspan.session.changes.failed", changesFailed.sum());
        values.put("twinspan.session.clients.off.failed", clientsOffFailed.sum());
        values.put("twinspan.session.comparisons.given.up", comparisonsGivenUp.sum());
        values.put("twinspan.session.changes.left.out", changesLeftOut.sum());
        values.put("twinspan.session.publishers.superseded", superseded.sum());
        values.put("twinspan.session.publishers.kept", kept.sum());
        values.put("twinspan.session.clients.moved", moved.sum());
        values.put("twinspan.session.clients.moved.away", movedAway.sum());
        values.put("twinspan.session.publishers.moved.away", sentAway.sum());
        values.put("twinspan.session.publishers.offered.again", offeredAgain.sum());
        values.put("twinspan.session.publishers.won.back", wonBack.sum());
        values.put("twinspan.session.fetches.failed", fetchesFailed.sum());
        values.put("twinspan.session.renewals.failed", renewalsFailed.sum());
        values.put("twinspan.session.slots.synced", slotsSynced.sum());
        values.put("twinspan.session.versions.raised", versionsRaised.sum());
        values.put("twinspan.session.push.opened.unknown", openedUnknown.sum());
        return values;
    }
}
