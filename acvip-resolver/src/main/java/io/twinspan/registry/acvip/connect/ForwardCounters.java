package io.twinspan.registry.acvip.connect;

/**
 * What has been forwarded.
 *
 * @param streams open now
 * @param accepted clients that connected
 * @param connected streams that were led to a session
 * @param unproxied of these, led to the ordinary port because the one for a header did not answer
 * @param failedConnects sessions that did not take a connection
 * @param unserved clients for which no session was found in time
 * @param moved streams that were ended because another datacenter is named
 * @param stuck streams that were ended because somebody did not read, did not end, or said nothing, or the session's host was gone
 * @param bytesUp from clients
 * @param bytesDown to clients
 */
public record ForwardCounters(
        int streams,
        long accepted,
        long connected,
        long unproxied,
        long failedConnects,
        long unserved,
        long moved,
        long stuck,
        long bytesUp,
        long bytesDown) {}
