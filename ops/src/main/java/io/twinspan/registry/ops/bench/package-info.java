/**
 * The load tool. It measures a registry from outside, with the official client's own messages, and beside it in the same run
 * something that does the least possible for the same payload: an echo for registrations, a naive registry for pushes. Rounds
 * of both alternate, so that a machine that slows down slows both. Every count, wait and connection has a bound. Called by the
 * command line; knows nothing of how a node works. The only package of this module that speaks Bolt itself.
 */
@NullMarked
package io.twinspan.registry.ops.bench;

import org.jspecify.annotations.NullMarked;
