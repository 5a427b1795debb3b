package io.twinspan.registry.node;

import io.twinspan.registry.datacenter.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** The id of this installation, made at the first start and kept in its home folder. */
final class NodeIdentity {
    private static final String FILE = "node-id";

    private NodeIdentity() {}

    /**
     * Reads the id, or makes one.
     *
     * @throws UncheckedIOException naming the folder when it cannot be read or written
     */
    static NodeId loadOrCreate(Path home, Supplier<String> fresh) {
        Path file = home.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return new NodeId(Files.readString(file).strip());
            }
            Files.createDirectories(home);
            NodeId made = new NodeId(fresh.get());
            Files.writeString(file, made + "\n", StandardOpenOption.CREATE_NEW);
            return made;
        } catch (IOException failed) {
            throw new UncheckedIOException("twinspan.home: cannot keep the node's id in " + file, failed);
        }
    }
}
