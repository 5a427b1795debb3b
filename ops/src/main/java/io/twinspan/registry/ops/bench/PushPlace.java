package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;

/**
 * Where a line is laid.
 *
 * @param publishAt Bolt address; for the official client the HTTP port of the session
 * @param subscribeAt the same, or that of another datacenter
 */
record PushPlace(String dataId, Endpoint publishAt, Endpoint subscribeAt) {}
