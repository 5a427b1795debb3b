package io.twinspan.registry.acvip.dns;

/**
 * A question as it came.
 *
 * @param id to be repeated in the reply
 * @param name with the dot at its end, in the case in which it was asked
 * @param type as in {@link io.netty.handler.codec.dns.DnsRecordType}
 * @param dnsClass 1 for the internet
 * @param isRecursionDesired to be repeated in the reply
 * @param payload largest UDP reply that the asker takes; 0 when it does not say
 */
record DnsQuery(int id, String name, int type, int dnsClass, boolean isRecursionDesired, int payload) {
    /** True when the asker speaks the extension that says how large a reply may be. */
    boolean isExtended() {
        return payload > 0;
    }
}
