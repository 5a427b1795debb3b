/**
 * Whole datacenters in one thread by seed: the production roles on simulated time, network and disks, with clients that do with
 * pushes literally what official ones do. A seed decides everything, faults included; checkers say what must hold all the time
 * and once the faults are over. Invariant: the same seed takes the same way, so a failure is replayed by
 * {@code -Dsimulation.seed=N}. Faults planted on purpose prove that the checkers find things.
 */
@NullMarked
package io.twinspan.registry.it.simulation;

import org.jspecify.annotations.NullMarked;
