/**
 * The protobuf form of everything that nodes say to one another, and of the values that they keep on disk. Reading is strict
 * where a value would be wrong and lenient where it is only unknown: a field of a later release is ignored, anything that its
 * record refuses is refused here as {@link io.twinspan.registry.node.wire.MalformedMessageException}, and nothing of a refused
 * message gets any further. Pure; the transports, the stores and the raft log call it.
 */
@NullMarked
package io.twinspan.registry.node.wire;

import org.jspecify.annotations.NullMarked;
