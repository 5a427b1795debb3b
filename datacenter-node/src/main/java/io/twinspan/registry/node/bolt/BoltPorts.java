package io.twinspan.registry.node.bolt;

import com.alipay.remoting.rpc.RpcServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Opening and closing of ports: an error says which one and why, and what is closed can be opened again at once. */
final class BoltPorts {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(1);

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

    /** Closes the port and its connections. Bolt only asks for that and returns; this waits until the port is free, a bounded time. */
    static void close(RpcServer server) {
        if (!server.isStarted()) {
            return;
        }
        server.shutdown();
        InetSocketAddress at = new InetSocketAddress(server.ip(), server.port());
        long start = System.nanoTime();
        while (!isFree(at) && System.nanoTime() - start < LONGEST_CLOSE.toNanos()) {
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static boolean isFree(InetSocketAddress at) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(at);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
