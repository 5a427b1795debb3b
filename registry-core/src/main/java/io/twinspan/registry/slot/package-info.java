/**
 * How datums are spread over data nodes: the slot of a name, the table of slots, and the versions that a slot's leader
 * mints. Invariant: within an incarnation the epochs only rise.
 */
@NullMarked
package io.twinspan.registry.slot;

import org.jspecify.annotations.NullMarked;
