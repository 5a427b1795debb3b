/**
 * Announcements over Kafka, and the only package of the project's nodes that knows Kafka. A datacenter writes
 * {@code twinspan.announce.<datacenter>} in its own cluster; each data node reads all partitions of each peer's topic from the
 * beginning and commits no offsets, so what a topic says is never lost to a group. One thread writes and one for each peer
 * reads; a broker that is away costs those threads their patience and nobody else anything.
 */
@NullMarked
package io.twinspan.registry.sync.kafka;

import org.jspecify.annotations.NullMarked;
