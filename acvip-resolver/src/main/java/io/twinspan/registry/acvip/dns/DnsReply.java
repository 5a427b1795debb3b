package io.twinspan.registry.acvip.dns;

import io.netty.handler.codec.dns.DnsResponseCode;
import java.util.List;

/**
 * What is replied.
 *
 * @param authorities the zone's own record, where there is no answer
 * @param more addresses of what the answers name
 */
record DnsReply(DnsResponseCode code, List<Item> answers, List<Item> authorities, List<Item> more) {
    /** Copies the lists. */
    DnsReply {
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        more = List.copyOf(more);
    }

    /** One record. Its data is not changed by anybody. */
    @SuppressWarnings("ArrayRecordComponent") // It goes straight into a packet and is compared with nothing.
    record Item(String name, int type, int ttlSeconds, byte[] data) {}

    static DnsReply refusal(DnsResponseCode code) {
        return new DnsReply(code, List.of(), List.of(), List.of());
    }
}
