/**
 * The meta group's log on JRaft: the only package that knows JRaft, and so its transport, which is Bolt. Implements
 * {@link io.twinspan.registry.node.meta.CommandLog}; log, votes and snapshots lie in one folder and survive a restart. Invariant: a
 * command that cannot be applied stops this member rather than letting it differ from the others. Used by the composition root only.
 */
@NullMarked
package io.twinspan.registry.node.meta.raft;

import org.jspecify.annotations.NullMarked;
