/**
 * How datums are spread over data nodes: the slot of a name, the table of slots, and the pure planner that assigns them.
 * Invariant: same inputs, same table; within an incarnation the epochs only rise.
 */
@NullMarked
package io.twinspan.registry.slot;

import org.jspecify.annotations.NullMarked;
