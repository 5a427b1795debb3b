package io.twinspan.registry.ops.host;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the text of {@code /proc/net/tcp} and {@code /proc/net/tcp6}. Pure. */
final class SocketTable {
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTEN = "0A";

    private SocketTable() {}

    /** Inode of the first socket that listens on the port, whatever address it is bound to. */
    static Optional<String> findListener(Stream<String> lines, int port) {
        return lines.map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTEN))
                .filter(fields -> portOf(fields[LOCAL_ADDRESS]) == port)
                .map(fields -> fields[INODE])
                .findFirst();
    }

    /**
     * Inode of the socket that listens on the port of an IPv4 address, also where it stands as an IPv6 one; empty when there is
     * none, for example because it is bound to all addresses.
     */
    static Optional<String> findListener(Stream<String> lines, int port, InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder written = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            written.append(String.format(Locale.ROOT, "%02X", bytes[i]));
        }
        String wanted = written + ":";
        return findListener(
                lines.filter(line -> {
                    String[] fields = line.trim().split("\\s+");
                    return fields.length > LOCAL_ADDRESS && fields[LOCAL_ADDRESS].contains(wanted);
                }),
                port);
    }

    private static int portOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? -1 : Integer.parseInt(address.substring(colon + 1), 16);
    }
}
