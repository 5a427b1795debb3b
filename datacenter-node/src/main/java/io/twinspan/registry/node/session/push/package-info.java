/**
 * What each subscriber and watcher is pushed, and when. {@link io.twinspan.registry.node.session.push.PushPlanner} decides, as a
 * pure function of what is held and what was pushed, by rules (a) to (c) of the design's section on versions;
 * {@link io.twinspan.registry.node.session.push.Pusher} carries it out, one push in flight for each service of a connection.
 * Invariant: the union of segments that a client shows is never emptier than it has to be, and no number is pushed that would
 * make a client keep old content. Belongs to the session's event loop.
 */
@NullMarked
package io.twinspan.registry.node.session.push;

import org.jspecify.annotations.NullMarked;
