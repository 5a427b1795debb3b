package io.twinspan.registry.node.data;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the totals of the data role into {@code cache-digest.log} every minute, where operators look for them. */
public final class DigestFigures {
    /** How often. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(DigestFigures.class);

    private final DataRole role;

    /** Of this role. */
    public DigestFigures(DataRole role) {
        this.role = role;
    }

    /** One line, and one more for each peer of which something is held; may be called on any thread. */
    public void write() {
        role.report().thenAccept(DigestFigures::write);
    }

    private static void write(DataReport report) {
        LOG.info(
                "datums={} publishers={} slotsLed={} slotsSettled={} slotsAssigned={}",
                report.own().datums(),
                report.own().publishers(),
                report.led(),
                report.settled(),
                report.assigned());
        Map<String, DataReport.Count> foreign = new TreeMap<>();
        report.foreign().forEach((peer, count) -> foreign.put(peer.name(), count));
        foreign.forEach(
                (peer, count) -> LOG.info("peer={} datums={} publishers={}", peer, count.datums(), count.publishers()));
    }
}
