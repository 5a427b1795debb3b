/** Tests of the log on JRaft, on real disks and loopback ports. */
@NullMarked
package io.twinspan.registry.node.meta.raft;

import org.jspecify.annotations.NullMarked;
