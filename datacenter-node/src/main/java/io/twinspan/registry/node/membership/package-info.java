/**
 * What a session or data role knows of its datacenter. State is handed out as immutable snapshots; whoever listens hops to its
 * own event loop first.
 */
@NullMarked
package io.twinspan.registry.node.membership;

import org.jspecify.annotations.NullMarked;
