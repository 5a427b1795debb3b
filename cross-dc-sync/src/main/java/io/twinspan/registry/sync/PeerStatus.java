package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.fetch.FetchStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the sync with one peer fares.
 *
 * @param isConnected whether the peer's announcements can be read now
 * @param isCaughtUp whether everything the peer had announced before reading began has been read
 * @param knownDatums service names the peer has announced, those without publishers included
 * @param announced entries read that were news
 * @param repeated announcements read that were not
 * @param refused records unreadable or not the peer's own, and entries too far in the future
 * @param fetched contents fetched and installed
 * @param confirmed held versions that the peer has confirmed
 * @param notAnswered questions to the peer's leaders that got no answer that could be used
 * @param waiting datums wanted and not yet answered for
 * @param lastRecordMillis the peer's clock when it sent the last record read, in milliseconds since 1970; null before the first
 * @param fetches how fetching from it fares
 */
public record PeerStatus(
        DatacenterId peer,
        boolean isConnected,
        boolean isCaughtUp,
        int knownDatums,
        long announced,
        long repeated,
        long refused,
        long fetched,
        long confirmed,
        long notAnswered,
        int waiting,
        @Nullable Long lastRecordMillis,
        FetchStatus fetches) {}
