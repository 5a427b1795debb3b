package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;

/**
 * What a reader wants.
 *
 * @param remoteAddress the reader's {@code ip:port}
 */
record Wish(DataInfoId service, Scope scope, String remoteAddress) {}
