package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.pushswitch.PushSwitch;
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

/** The newest push switch in a file of the node's home, in the form in which meta's HTTP shows it. */
public final class PushSwitchDisk implements PushSwitchStore {
    private static final Logger LOG = LoggerFactory.getLogger(PushSwitchDisk.class);

    private final Path file;

    /** @param file is made when the first switch is known; its folder must exist by then */
    public PushSwitchDisk(Path file) {
        this.file = file;
    }

    /** What is on disk. A file that cannot be read is set aside, and meta is asked as if there were none. */
    @Override
    public Optional<PushSwitch> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PushSwitchJson.read(Files.readString(file)));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("the push switch on disk cannot be read and is set aside file={}", file, unreadable);
            setAside();
            return Optional.empty();
        }
    }

    /** A failure costs only what a restart without meta would remember, so it is told and nothing else. */
    @Override
    public void save(PushSwitch value) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(PushSwitchJson.write(value));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("the push switch is in force but not on disk file={} version={}", file, value.version(), failed);
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("the push switch on disk cannot be set aside file={}", file, failed);
        }
    }
}
