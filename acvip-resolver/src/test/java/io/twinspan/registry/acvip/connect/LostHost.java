package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A host that takes connections, and later neither takes nor refuses any: as one that has lost its network. */
final class LostHost implements AutoCloseable {
    /** More than the system keeps for a socket from which nobody takes any; the rest hears nothing. */
    private static final int MORE_THAN_WAIT = 8;

    private final ServerSocket door;
    private final List<Closeable> open = new ArrayList<>();

    LostHost() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(door);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", door.getLocalPort());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), door.getLocalPort());
    }

    Socket accept() throws IOException {
        Socket accepted = door.accept();
        open.add(accepted);
        return accepted;
    }

    void lose() throws IOException {
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            SocketChannel waiting = SocketChannel.open();
            open.add(waiting);
            waiting.configureBlocking(false);
            waiting.connect(address());
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }
}
