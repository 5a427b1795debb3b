/**
 * Which datacenter of the federation is on duty, as pure values that every node, agent and client library holds.
 * {@link io.twinspan.registry.federation.FederationState} is what decisions and hearsay come to, {@code FederationView} what one node
 * knows and shows. Invariant: whoever has seen an epoch never answers under a lower one, and a conflict is never forgotten before an
 * operator has settled it.
 */
@NullMarked
package io.twinspan.registry.federation;

import org.jspecify.annotations.NullMarked;
