package io.twinspan.registry.node.move;

import io.twinspan.registry.federation.MoveOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last order in a file of the node's home: a session that is started anew must not hide at once what has gone over. */
public final class MoveDisk implements MoveStore {
    private static final Logger LOG = LoggerFactory.getLogger(MoveDisk.class);

    private final Path file;

    /** @param file is made when the first order is known; its folder must exist by then */
    public MoveDisk(Path file) {
        this.file = file;
    }

    /** What is on disk. A file that cannot be read is set aside, and meta is asked as if there were none. */
    @Override
    public Optional<MoveOrder> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MoveJson.read(Files.readString(file)));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("the move on disk cannot be read and is set aside file={}", file, unreadable);
            setAside();
            return Optional.empty();
        }
    }

    /** A failure costs only what a restart without meta would remember, so it is told and nothing else. */
    @Override
    public void save(MoveOrder order) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(MoveJson.write(order));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("the move is in force but not on disk file={} run={}", file, order.run(), failed);
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("the move on disk cannot be set aside file={}", file, failed);
        }
    }
}
