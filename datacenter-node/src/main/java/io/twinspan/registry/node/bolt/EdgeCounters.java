package io.twinspan.registry.node.bolt;

/**
 * What has happened at the clients' port since it was opened.
 *
 * @param connections open now
 * @param refusedConnections beyond the bound, or before this session knew its datacenter
 * @param refusedHeaders forwarded streams whose client was not named, or not by one who may
 * @param refusedFrames malformed, too large, or of no kind that a client sends
 * @param refusedClasses messages that name a class that is not listed
 * @param refusedMessages messages that announce more than they may
 * @param idleClosed connections on which nothing came in any more
 * @param registrations asked for, granted or not
 * @param refusedRegistrations answered as wrong for ever
 * @param failedRegistrations not answered because the session failed; the client sends them again
 * @param pushes handed to the network
 * @param refusedPushes that the client answered it did not take
 * @param failedPushes without an answer in time, or whose connection was lost
 * @param unreadPushes not even sent, because the client does not read
 */
public record EdgeCounters(
        int connections,
        long refusedConnections,
        long refusedHeaders,
        long refusedFrames,
        long refusedClasses,
        long refusedMessages,
        long idleClosed,
        long registrations,
        long refusedRegistrations,
        long failedRegistrations,
        long pushes,
        long refusedPushes,
        long failedPushes,
        long unreadPushes) {}
