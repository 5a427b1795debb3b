/**
 * Moving the federation to another datacenter: the plan, the steps, the journal of a run and the driver that carries one out. Pure but
 * for two ports, {@link io.twinspan.registry.failover.FailoverActions} and {@link io.twinspan.registry.failover.RunJournal}. Invariant:
 * whoever drives a run may die at any moment, and another one that reads the journal comes to the same end. Used by meta.
 */
@NullMarked
package io.twinspan.registry.failover;

import org.jspecify.annotations.NullMarked;
