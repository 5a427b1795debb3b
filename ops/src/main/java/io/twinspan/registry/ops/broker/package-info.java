/**
 * A Kafka broker without a cluster: one KRaft node, broker and controller in one, for the demo and for tests. It serves this
 * machine only and never leaves the loopback address; what is stored in its folder survives a restart. The demo runs it as a
 * process of its own; tests run it within theirs.
 */
@NullMarked
package io.twinspan.registry.ops.broker;

import org.jspecify.annotations.NullMarked;
