/**
 * Restarting all nodes of a datacenter one after the other, or in groups. {@link io.twinspan.registry.ops.rolling.RollingRestart} is
 * the procedure and decides everything; what it sees and does goes through {@link io.twinspan.registry.ops.rolling.RollingPorts}, time
 * included, so that each kind of failure is tried on manual time. The invariant: no node is touched before everything that was
 * restarted earlier is well again and has its registrations back. Called by the command line.
 */
@NullMarked
package io.twinspan.registry.ops.rolling;

import org.jspecify.annotations.NullMarked;
