/**
 * The push switch of a datacenter: who has closed the push, for what, why and how long, and whether one push may go out. Pure values,
 * the same on every node; meta keeps the switch and sessions obey it. Invariant: push is open exactly when no token applies, so what
 * one owner has closed is never opened by another.
 */
@NullMarked
package io.twinspan.registry.pushswitch;

import org.jspecify.annotations.NullMarked;
