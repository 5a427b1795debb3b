/**
 * What a node measures, for Prometheus. Roles say what they count as {@link io.twinspan.registry.node.metrics.MeterReading}s, when they
 * are asked; only {@link io.twinspan.registry.node.metrics.NodeMeters} knows Micrometer. Asking never blocks a role: one that does not
 * answer in time is left out, and counted.
 */
@NullMarked
package io.twinspan.registry.node.metrics;

import org.jspecify.annotations.NullMarked;
