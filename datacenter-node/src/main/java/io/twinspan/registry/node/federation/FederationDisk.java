package io.twinspan.registry.node.federation;

import io.twinspan.registry.federation.FederationState;
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

/** What is known of duty in a file of the node's home, as JSON. */
public final class FederationDisk implements FederationStore {
    private static final Logger LOG = LoggerFactory.getLogger(FederationDisk.class);

    private final Path file;

    /** @param file is made when the first decision is known; its folder must exist by then */
    public FederationDisk(Path file) {
        this.file = file;
    }

    /** What is on disk. A file that cannot be read is set aside, and the metas are heard as if there were none. */
    @Override
    public Optional<FederationState> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FederationJson.read(Files.readString(file)));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("what was known of duty cannot be read and is set aside file={}", file, unreadable);
            setAside();
            return Optional.empty();
        }
    }

    /** A failure costs only what a restart without meta would remember, so it is told and nothing else. */
    @Override
    public void save(FederationState state) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(FederationJson.write(state));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("the duty is in force but not on disk file={} epoch={}", file, state.epoch(), failed);
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("what was known of duty cannot be set aside file={}", file, failed);
        }
    }
}
