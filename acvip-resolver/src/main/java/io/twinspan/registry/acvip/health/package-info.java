/**
 * Whether the endpoints of Vips are well. {@link io.twinspan.registry.acvip.health.HealthState} counts, {@link
 * io.twinspan.registry.acvip.health.HealthBoard} says when which endpoint is looked at, and a {@link
 * io.twinspan.registry.acvip.health.Probe} looks. Invariant: nothing is sent to an address that no Vip lists, nor, unless a setting
 * allows it, to one of the node itself or of its link.
 */
@NullMarked
package io.twinspan.registry.acvip.health;

import org.jspecify.annotations.NullMarked;
