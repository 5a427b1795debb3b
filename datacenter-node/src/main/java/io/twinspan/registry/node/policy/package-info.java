/**
 * The policies in force on one node, for all its roles, and the clients that are off. {@link
 * io.twinspan.registry.node.policy.NodePolicies} takes newer tables from whoever hears of them, tells the roles, and keeps the newest
 * on the node's disk; {@link io.twinspan.registry.node.policy.NodeClientsOff} does the same for its list. Invariant: what is in force never gets older,
 * also over a restart, so that the loss of every meta changes nothing.
 */
@NullMarked
package io.twinspan.registry.node.policy;

import org.jspecify.annotations.NullMarked;
