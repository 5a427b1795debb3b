package io.twinspan.registry.node.wire;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;

/**
 * A request as it arrived.
 *
 * @param clock the caller's reading when it was sent, to be merged
 */
public record IncomingRequest(Caller caller, Stamp clock, Request<?> request) {}
