package io.twinspan.registry.node.bolt;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import org.jspecify.annotations.Nullable;

/** Hears of the connections between nodes as they come and go. Port; called on IO threads, must not block. */
public interface ConnectionWatch {
    /** Listens to nothing. */
    ConnectionWatch NONE = new ConnectionWatch() {
        @Override
        public void onIncoming(int port, String remote, boolean isOpen) {}

        @Override
        public void onOutgoing(@Nullable NodeRole caller, Endpoint to, boolean isOpen) {}
    };

    /**
     * Another node has connected to a port of this process, or that connection has closed.
     *
     * @param remote {@code ip:port} of the other node
     */
    void onIncoming(int port, String remote, boolean isOpen);

    /**
     * This process has connected to a port of another node, or that connection has closed.
     *
     * @param caller the role whose call was the first to go there; null while it is only kept open
     */
    void onOutgoing(@Nullable NodeRole caller, Endpoint to, boolean isOpen);
}
