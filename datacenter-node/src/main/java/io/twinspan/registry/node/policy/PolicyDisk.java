package io.twinspan.registry.node.policy;

import io.twinspan.registry.policy.PolicyTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest policies in a file of the node's home, in the form in which meta's HTTP shows them. */
public final class PolicyDisk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDisk.class);

    private final Path file;

    /** @param file is made at the first change; its folder must exist by then */
    public PolicyDisk(Path file) {
        this.file = file;
    }

    /** What is on disk; nothing when there is no file. One that cannot be read is set aside, and meta is asked as if there were none. */
    PolicyTable load() {
        if (!Files.exists(file)) {
            return PolicyTable.EMPTY;
        }
        try {
            return PolicyJson.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("policies on disk cannot be read and are set aside file={}", file, unreadable);
            setAside();
            return PolicyTable.EMPTY;
        }
    }

    /** A failure costs only what a restart without meta would remember, so it is told and nothing else. */
    void save(PolicyTable table) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(PolicyJson.write(table));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("policies are in force but not on disk file={} version={}", file, table.version(), failed);
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("policies on disk cannot be set aside file={}", file, failed);
        }
    }
}
