package io.twinspan.registry.ops.rolling;

/**
 * How a datacenter is as a whole.
 *
 * @param counts what is registered, of all nodes that answer
 * @param replicas of the slot that has the fewest; 0 while that is unknown
 * @param unrest why no node should be taken away now: slots that warm, followers that are behind; empty when there is nothing
 */
record DatacenterSight(RegistrationCounts counts, int replicas, String unrest) {}
