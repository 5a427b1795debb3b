/**
 * What meta has to do with a move between datacenters: the rules by which orders are taken, the sum of what nodes report, and the
 * target's grant. Invariant: of two orders known in a federation everybody holds the same one, and no run is ordered twice. Whoever
 * drives a procedure uses {@link io.twinspan.registry.node.meta.move.MovingOrders}.
 */
@NullMarked
package io.twinspan.registry.node.meta.move;

import org.jspecify.annotations.NullMarked;
