/**
 * The session role: client connections, their publishers, subscribers and watchers, and what each is shown. The session owns the
 * truth of what its clients registered: it acknowledges after its own table has it, and repairs the data nodes. Everything
 * mutable belongs to one event loop. Transports at the client's edge talk to it through
 * {@link io.twinspan.registry.node.session.ClientRequests} and are talked to through
 * {@link io.twinspan.registry.node.session.ClientConnection}; other roles only by messages.
 */
@NullMarked
package io.twinspan.registry.node.session;

import org.jspecify.annotations.NullMarked;
