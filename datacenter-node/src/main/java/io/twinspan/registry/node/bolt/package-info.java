/**
 * Bolt, and the only package that knows it: calls between nodes, as protobuf in Bolt frames, and the edge where official
 * SOFARegistry clients connect, in Hessian. Invariant: no byte of a peer or client is decoded before a front handler has bounded
 * its frame, and no Hessian byte before {@link io.twinspan.registry.node.bolt.HessianBounds} has passed it. Roles never call
 * this package; the composition root opens ports and hands in dispatchers and the session's
 * {@link io.twinspan.registry.node.session.ClientRequests}. Everything arrives on Bolt's IO threads, in the order in which one
 * connection sent it, so nothing that is called from here may block.
 */
@NullMarked
package io.twinspan.registry.node.bolt;

import org.jspecify.annotations.NullMarked;
