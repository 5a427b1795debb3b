package io.twinspan.registry.node.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ports that are open, as {@code netstat -nl} tells them: by the kernel's tables, so that a server which takes itself to be open
 * is not believed, and nobody connects to find out.
 */
public final class ListeningPorts {
    private static final String LISTENING = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int HEX = 16;

    private final List<Path> tables;

    ListeningPorts(List<Path> tables) {
        this.tables = tables;
    }

    /** Those of this machine, or of the container. */
    public static ListeningPorts ofLinux() {
        return new ListeningPorts(List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")));
    }

    /** Those of these ports that are open; empty where the machine has no such tables. */
    public Optional<Set<Integer>> among(Set<Integer> ports) {
        Set<Integer> open = new HashSet<>();
        boolean isTold = false;
        for (Path table : tables) {
            try {
                read(table, ports, open);
                isTold = true;
            } catch (IOException notLinux) {
                // One table is enough where there is only one kind of address.
            }
        }
        return isTold ? Optional.of(open) : Optional.empty();
    }

    /** Open ports stand before connections, of which there are many: so reading ends as soon as all are found. */
    private static void read(Path table, Set<Integer> ports, Set<Integer> open) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            // The first line names the columns.
            lines.readLine();
            String line = lines.readLine();
            while (line != null && open.size() < ports.size()) {
                String[] columns = line.strip().split("\\s+", STATE + 2);
                if (columns.length > STATE && columns[STATE].equals(LISTENING)) {
                    String local = columns[LOCAL];
                    int port = Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), HEX);
                    if (ports.contains(port)) {
                        open.add(port);
                    }
                }
                line = lines.readLine();
            }
        }
    }
}
