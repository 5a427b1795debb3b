package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import java.net.InetSocketAddress;

/**
 * A way to a session.
 *
 * @param isProxied true when a header is expected there
 */
record Attempt(AnsweredEndpoint session, InetSocketAddress address, boolean isProxied) {}
