package io.twinspan.registry.node.bolt;

import com.alipay.remoting.rpc.RpcServer;

/** Opening of ports, with an error that says which one and why. */
final class BoltPorts {
    private BoltPorts() {}

    static void open(RpcServer server, String host, int port) {
        try {
            server.startup();
        } catch (RuntimeException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + port + ": " + cause.getMessage(), failed);
        }
    }
}
