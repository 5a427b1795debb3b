package io.twinspan.registry.acvip.connect;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The header by which a proxy says whose connection it forwards: version 2, binary, of "The PROXY protocol, Versions 1 &amp; 2"
 * (haproxy.org, doc/proxy-protocol.txt, section 2.2). Twelve bytes of signature; one with version 2 and the command, LOCAL (0) for a
 * connection of the proxy's own or PROXY (1); one with the family, TCP over IPv4 (0x11) or IPv6 (0x21); two with the length of what
 * follows: source and destination address, source and destination port, then extensions, which are skipped.
 *
 * @param source whose connection it is; empty for one of the proxy's own
 */
public record ProxyHeader(Optional<InetSocketAddress> source) {
    /** Longest header that is read, in bytes: addresses of IPv6 and a few extensions. */
    public static final int MOST_BYTES = 16 + 512;

    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final int FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int BYTES4 = 12;
    private static final int BYTES6 = 36;

    /** What was found at the beginning of a stream. */
    public sealed interface Reading {
        /** All of it may be right, and some is missing. */
        record Incomplete() implements Reading {}

        /** This is no such header, or none that is taken. */
        record Wrong(String why) implements Reading {}

        /**
         * It is whole.
         *
         * @param length in bytes; what follows belongs to the client
         */
        record Whole(ProxyHeader header, int length) implements Reading {}
    }

    /** Reads from the buffer's position on, without moving it. */
    public static Reading read(ByteBuffer bytes) {
        int from = bytes.position();
        int there = bytes.remaining();
        for (int i = 0; i < Math.min(there, SIGNATURE.length); i++) {
            if (bytes.get(from + i) != SIGNATURE[i]) {
                return new Reading.Wrong("no PROXY header of version 2");
            }
        }
        if (there < FIXED) {
            return new Reading.Incomplete();
        }
        int command = bytes.get(from + 12) & 0xff;
        int family = bytes.get(from + 13) & 0xff;
        int length = bytes.getShort(from + 14) & 0xffff;
        if (command != LOCAL && command != PROXY) {
            return new Reading.Wrong("version and command 0x" + Integer.toHexString(command) + " of a PROXY header");
        }
        if (FIXED + length > MOST_BYTES) {
            return new Reading.Wrong("a PROXY header of " + (FIXED + length) + " bytes");
        }
        int needed = family == TCP4 ? BYTES4 : BYTES6;
        if (command == PROXY && ((family != TCP4 && family != TCP6) || length < needed)) {
            return new Reading.Wrong("a PROXY header that names no TCP address");
        }
        if (there < FIXED + length) {
            return new Reading.Incomplete();
        }
        Optional<InetSocketAddress> source = command == LOCAL
                ? Optional.empty()
                : Optional.of(address(bytes, from + FIXED, (needed - 4) / 2, from + FIXED + needed - 4));
        return new Reading.Whole(new ProxyHeader(source), FIXED + length);
    }

    /**
     * Writes one.
     *
     * @param source whose connection it is
     * @param destination where it leads
     */
    public static byte[] write(InetSocketAddress source, InetSocketAddress destination) {
        boolean isShort =
                source.getAddress() instanceof Inet4Address && destination.getAddress() instanceof Inet4Address;
        int addresses = isShort ? BYTES4 : BYTES6;
        ByteBuffer out = ByteBuffer.allocate(FIXED + addresses)
                .put(SIGNATURE)
                .put((byte) PROXY)
                .put((byte) (isShort ? TCP4 : TCP6))
                .putShort((short) addresses);
        out.put(bytes(source.getAddress(), isShort)).put(bytes(destination.getAddress(), isShort));
        out.putShort((short) source.getPort()).putShort((short) destination.getPort());
        return out.array();
    }

    private static InetSocketAddress address(ByteBuffer bytes, int at, int length, int portAt) {
        byte[] raw = new byte[length];
        for (int i = 0; i < length; i++) {
            raw[i] = bytes.get(at + i);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), bytes.getShort(portAt) & 0xffff);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + length + " bytes", impossible);
        }
    }

    /** IPv4 in IPv6 is ten zeros, two 0xff, and the four bytes. */
    private static byte[] bytes(InetAddress address, boolean isShort) {
        byte[] raw = address.getAddress();
        if (isShort || raw.length == 16) {
            return raw;
        }
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(raw, 0, mapped, 12, raw.length);
        return mapped;
    }
}
