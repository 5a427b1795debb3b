package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.NodePort;
import java.nio.file.Path;
import java.util.List;

/**
 * Two datacenters that the load tool is to start.
 *
 * @param folder for their files
 * @param heap of each node, as in {@code -Xmx}
 * @param portOffset added to every default port in the east; the west has 100 more
 * @param isSessionApart true for a process of its own for the session of each datacenter, so that it can be killed alone; these
 *     processes live for one measurement
 */
record SidesOrder(Path folder, String heap, int portOffset, boolean isSessionApart) {
    /** How far above its client port a session takes the header in which agents name the client. */
    static final int PROXY_ABOVE = 5;

    private static final int WEST = 100;

    NodeOrder east() {
        return order("east", portOffset);
    }

    NodeOrder west() {
        return order("west", portOffset + WEST);
    }

    private NodeOrder order(String name, int offset) {
        int proxyPort = NodePort.SESSION_CLIENT.defaultNumber() + offset + PROXY_ABOVE;
        NodeOrder order = new NodeOrder(folder.resolve(name), name, heap, offset)
                .with(List.of("  session:", "    proxy-port: " + proxyPort));
        return isSessionApart ? order.shortLived() : order;
    }
}
