package io.twinspan.registry.node.bolt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bolt frames by hand, right and wrong. */
public final class RawFrames {
    private RawFrames() {}

    /** A connection to this machine that gives up reading after 5 s. */
    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    /** A request of protocol 1; the header announces what it is told to. */
    public static byte[] request(String className, byte[] content, int announced) {
        byte[] name = className.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(22 + name.length + content.length)
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 1)
                .put((byte) 1)
                .putInt(7)
                .put((byte) 1)
                .putInt(1_000)
                .putShort((short) name.length)
                .putShort((short) 0)
                .putInt(announced)
                .put(name)
                .put(content)
                .array();
    }
}
