/**
 * Duty as one node knows it, for all its roles and for whoever asks on any of its HTTP ports.
 * {@link io.twinspan.registry.node.federation.NodeFederation} takes what the metas say, tells the roles, and keeps it on the node's disk.
 * Invariant: no answer is given under a lower epoch than was ever known here, also after a restart.
 */
@NullMarked
package io.twinspan.registry.node.federation;

import org.jspecify.annotations.NullMarked;
