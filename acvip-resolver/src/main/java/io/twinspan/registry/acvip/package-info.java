/**
 * Domain to addresses: which sessions a client is told of. Pure: members in, a list out, in the text forms that official clients
 * read. Invariant: a list never mixes datacenters and is never empty while a session lives, because a client that is given an
 * empty one cannot connect at all.
 */
@NullMarked
package io.twinspan.registry.acvip;

import org.jspecify.annotations.NullMarked;
