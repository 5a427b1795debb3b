package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.SessionIncarnation;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each time publishers go because nobody speaks for them any more, in {@code registry-datum-lease.log}. */
final class ExpiryLog {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryLog.class);

    private ExpiryLog() {}

    static void sessionsOver(Set<SessionIncarnation> sessions, QuarantineDesk.Parted parted) {
        LOG.info(
                "sessions are over: sessions={} publishersRemoved={} publishersHeld={}",
                sessions,
                parted.removed(),
                parted.held());
    }

    static void neverCameBack(QuarantineDesk.Parted parted) {
        LOG.warn("publishers whose session never came back: removed={} held={}", parted.removed(), parted.held());
    }
}
