/**
 * A link between two datacenters on one machine: TCP relays that share one line with a delay, a width and cuts. Nothing that crosses
 * is lost or reordered, whatever is done to the line. Called by the load tool and by the tests of whole processes.
 */
@NullMarked
package io.twinspan.registry.ops.link;

import org.jspecify.annotations.NullMarked;
