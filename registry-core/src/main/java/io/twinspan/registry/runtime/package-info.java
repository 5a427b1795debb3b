/**
 * What a role runs on: event loops, request dispatch and the ports to its peers. Each mutable state machine belongs to one
 * {@link io.twinspan.registry.runtime.EventLoop} and is touched only from it; adapters (sockets, in-memory) implement the
 * ports and pass one contract kit.
 */
@NullMarked
package io.twinspan.registry.runtime;

import org.jspecify.annotations.NullMarked;
