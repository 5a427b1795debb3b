package io.twinspan.registry.acvip.connect;

import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and leaves them to the test. */
final class ToldSession implements AutoCloseable {
    private final ServerSocket door;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::accept, "told-session");

    ToldSession() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        thread.setDaemon(true);
        thread.start();
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Endpoint address() {
        return new Endpoint("127.0.0.1", door.getLocalPort());
    }

    int count() {
        return accepted.size();
    }

    Socket accepted(int number) {
        await().atMost(Duration.ofSeconds(10)).until(() -> accepted.size() > number);
        return accepted.get(number);
    }

    /** As a process that is killed: nobody listens, and its connections are reset. */
    void kill() throws IOException {
        door.close();
        try {
            // Who waits in accept() may be given one more connection while the door closes.
            thread.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : accepted) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                socket.setSoTimeout(10_000);
                accepted.add(socket);
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }
}
