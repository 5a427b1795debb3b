/**
 * What is registered: publishers, the datum that collects them, and the one rule by which a datum changes,
 * {@link io.twinspan.registry.datum.Datum#apply}. Invariant: one version names one content for ever. Pure; callable from any
 * thread because every type is immutable.
 */
@NullMarked
package io.twinspan.registry.datum;

import org.jspecify.annotations.NullMarked;
