/**
 * What every client of a test was ever shown, what was published and taken back, and the claims of DESIGN that are checked on it:
 * pure, so that each check can be shown a record that breaks its claim. Invariant: all times of one record are readings of one
 * monotonic clock. The process tests write it.
 */
@NullMarked
package io.twinspan.registry.it.record;

import org.jspecify.annotations.NullMarked;
