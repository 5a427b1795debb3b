/**
 * What operators decide while the registry runs. About peers: how a peer's datums are fetched, whether they are shown, and when
 * consumers get them; a {@link io.twinspan.registry.policy.PolicyTable} answers for one peer and one service. About clients: which
 * are off, in {@link io.twinspan.registry.policy.ClientsOff}. Pure values, the same on every node; meta keeps both, and what nobody
 * decided has a fixed answer. Invariant: which rule decides depends on the
 * rules alone and not on their order.
 */
@NullMarked
package io.twinspan.registry.policy;

import org.jspecify.annotations.NullMarked;
