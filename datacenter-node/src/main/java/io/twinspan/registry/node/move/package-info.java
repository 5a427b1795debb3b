/**
 * The move between datacenters that is ordered, as a node knows it: kept on its disk, handed to its roles, and as JSON. Invariant: an
 * order is never replaced by one that does not come after it, and the target's grant is never remembered over a restart.
 */
@NullMarked
package io.twinspan.registry.node.move;

import org.jspecify.annotations.NullMarked;
