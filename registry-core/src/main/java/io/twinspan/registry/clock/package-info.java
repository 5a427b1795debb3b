/**
 * Time as an input: the hybrid clock and its readings. Every number that orders something across machines comes from a
 * {@link io.twinspan.registry.clock.HybridClock}; nothing else in the project reads the wall clock.
 */
@NullMarked
package io.twinspan.registry.clock;

import org.jspecify.annotations.NullMarked;
