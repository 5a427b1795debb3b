/**
 * What operators decide about peers while the registry runs: how a peer's datums are fetched, whether they are shown, and when
 * consumers get them. A {@link io.twinspan.registry.policy.PolicyTable} answers for one peer and one service. Pure values, the same
 * on every node; meta keeps the table, and what nobody decided has a fixed answer. Invariant: which rule decides depends on the
 * rules alone and not on their order.
 */
@NullMarked
package io.twinspan.registry.policy;

import org.jspecify.annotations.NullMarked;
