/**
 * Domains over DNS: A, AAAA, SRV and TXT of one zone, over UDP and, for what does not fit, over TCP. {@link
 * io.twinspan.registry.acvip.dns.DnsZone} decides, {@link io.twinspan.registry.acvip.dns.DnsFormat} reads and writes packets with
 * Netty's codec, {@link io.twinspan.registry.acvip.dns.DnsServer} holds the sockets. Invariant: nothing is answered for names outside
 * the zone, nothing is asked of other servers for anybody, and no packet, whatever is in it, costs more than itself.
 */
@NullMarked
package io.twinspan.registry.acvip.dns;

import org.jspecify.annotations.NullMarked;
