/**
 * Which datacenter of the federation is on duty, as pure values that every node, agent and client library holds. Invariant: whoever
 * has seen an epoch never answers under a lower one.
 */
@NullMarked
package io.twinspan.registry.federation;

import org.jspecify.annotations.NullMarked;
