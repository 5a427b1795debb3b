package io.twinspan.registry.node.bolt;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.runtime.Caller;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has a connection to this process on which it has said something. Any thread. */
final class PeersPresent {
    private static final AttributeKey<Set<Present>> KEY = AttributeKey.valueOf("twinspan-peers");

    private record Present(NodeId node, NodeRole role) {}

    private final Map<Present, Integer> connections = new ConcurrentHashMap<>();

    /** On the connection's IO thread. */
    void onCall(Channel channel, Caller caller) {
        Set<Present> here = channel.attr(KEY).get();
        if (here == null) {
            here = new HashSet<>();
            channel.attr(KEY).set(here);
        }
        Present present = new Present(caller.node(), caller.role());
        if (here.add(present)) {
            connections.merge(present, 1, Integer::sum);
            channel.closeFuture()
                    .addListener(closed ->
                            connections.computeIfPresent(present, (who, count) -> count == 1 ? null : count - 1));
        }
    }

    boolean isConnected(NodeId node, NodeRole role) {
        return connections.containsKey(new Present(node, role));
    }
}
