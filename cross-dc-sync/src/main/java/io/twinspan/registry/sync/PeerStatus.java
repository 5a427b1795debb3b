package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.TableCounts;
import io.twinspan.registry.sync.announce.TableFacts;
import io.twinspan.registry.sync.fetch.FetchStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the sync with one peer fares.
 *
 * @param stateFor how long it has been in this state
 * @param pathFor how long it has been heard on this way, or on none
 * @param isReading whether the peer's topic can be read now
 * @param problem why waiting will not help; empty when it will, or is not needed
 * @param facts what is known of its versions
 * @param counts what has been read of it
 * @param bytes received of its announcements through Kafka, as they came over the wire
 * @param fetched contents fetched and installed
 * @param confirmed held versions that the peer has confirmed
 * @param notAnswered questions to the peer's leaders that got no answer that could be used
 * @param waiting datums wanted and not yet answered for
 * @param lastRecordMillis the peer's clock when it said what was heard last, in milliseconds since 1970; null before the first
 * @param lagSeconds how long ago the peer said what is known here in full: zero while nothing is missing; null before the first
 * @param fetches how fetching from it fares
 */
public record PeerStatus(
        DatacenterId peer,
        PeerState state,
        Duration stateFor,
        SyncPath path,
        Duration pathFor,
        boolean isReading,
        String problem,
        TableFacts facts,
        TableCounts counts,
        long bytes,
        long fetched,
        long confirmed,
        long notAnswered,
        int waiting,
        @Nullable Long lastRecordMillis,
        @Nullable Double lagSeconds,
        FetchStatus fetches) {}
