/**
 * Time that a test moves by hand. A {@link io.twinspan.registry.simulation.ManualClock} holds the agenda of every
 * {@link io.twinspan.registry.simulation.ManualEventLoop} made from it and runs what is due in one fixed order: by time, then in
 * the order given. Nothing here starts a thread, so the same test takes the same way each time. For tests of any module.
 */
@NullMarked
package io.twinspan.registry.simulation;

import org.jspecify.annotations.NullMarked;
