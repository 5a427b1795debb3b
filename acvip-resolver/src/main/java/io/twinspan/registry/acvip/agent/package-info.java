/**
 * The agent: a small process on an application's host that answers, over HTTP and DNS on loopback, what the resolver's servers
 * answer, from memory, and forwards the streams of official clients. It is {@link io.twinspan.registry.acvip.client.ResolverClient}
 * with doors; no decision is made here. Invariant: whatever a door is sent costs a bounded amount, and an answer that may be out of
 * date says so.
 */
@NullMarked
package io.twinspan.registry.acvip.agent;

import org.jspecify.annotations.NullMarked;
