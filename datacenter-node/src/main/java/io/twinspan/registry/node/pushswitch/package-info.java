/**
 * The push switch as one node knows it, for all its roles. {@link io.twinspan.registry.node.pushswitch.NodePushSwitch} takes newer
 * ones from whoever hears of them, tells the session role, and keeps the newest on the node's disk. Invariant: what is known never
 * gets older, also over a restart, so that a closing survives the loss of every meta.
 */
@NullMarked
package io.twinspan.registry.node.pushswitch;

import org.jspecify.annotations.NullMarked;
