/**
 * Who shall hold and lead which slot: a pure function of the table in force, of who is there, and of what the leaders say about
 * their followers. Invariant: same inputs, same table; a slot with a replica among the members never goes to a node without its
 * content, and nothing is given up before what replaces it is current. Called by the leading meta only.
 */
@NullMarked
package io.twinspan.registry.slot.plan;

import org.jspecify.annotations.NullMarked;
