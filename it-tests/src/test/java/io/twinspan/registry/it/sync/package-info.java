/** Announcements over a real broker: the channel's contract, and what happens when the broker is away or its topic is poisoned. */
@NullMarked
package io.twinspan.registry.it.sync;

import org.jspecify.annotations.NullMarked;
