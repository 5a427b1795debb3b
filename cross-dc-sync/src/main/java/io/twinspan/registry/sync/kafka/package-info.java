/**
 * Announcements over Kafka, and the only package of the project's nodes that knows Kafka. A datacenter makes two topics in its own
 * cluster: {@code twinspan.announce.<datacenter>}, which it writes, and {@code twinspan.pull.<datacenter>}, where it is asked; in a
 * cluster that all share they stand beside the peers'. Each data node reads all partitions of each peer's announcements from their
 * end and commits nothing. One thread writes, one for each peer reads and one asks, and one for each cluster looks after the topics,
 * so that a topic that is wrong is refused, one that is gone is made, and one that the broker made by itself is mended; a broker that
 * is away costs those threads their patience and nobody else anything.
 */
@NullMarked
package io.twinspan.registry.sync.kafka;

import org.jspecify.annotations.NullMarked;
