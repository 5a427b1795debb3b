package io.twinspan.registry.ops.host;

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

    private static int portOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? -1 : Integer.parseInt(address.substring(colon + 1), 16);
    }
}
