/**
 * Domain to addresses: what may be answered, and the rule by which it is chosen for a place. Pure: candidates in, a {@link
 * io.twinspan.registry.acvip.Choice} with its reasons out. Invariant: something is answered while anything may be, and lists for official
 * clients never mix datacenters and are never empty while a session lives, because a client that is given an empty one cannot connect at
 * all.
 */
@NullMarked
package io.twinspan.registry.acvip;

import org.jspecify.annotations.NullMarked;
