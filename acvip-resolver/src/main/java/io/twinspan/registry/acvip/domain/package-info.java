/**
 * Domains to answers, and those who wait for another one. {@link io.twinspan.registry.acvip.domain.Resolver} knows three kinds of
 * domain: the federation's, operators' Vips, and services. Invariant: an answer is chosen by {@link
 * io.twinspan.registry.acvip.Choice} from what is known at that moment, and equal answers have equal checksums, so that whoever polls
 * hears of every other answer and of nothing else. Belongs to one event loop; its public methods may be called on any thread.
 */
@NullMarked
package io.twinspan.registry.acvip.domain;

import org.jspecify.annotations.NullMarked;
