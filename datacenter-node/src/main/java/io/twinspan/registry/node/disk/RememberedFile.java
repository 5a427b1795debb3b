package io.twinspan.registry.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest of something, in a file of its own.
 *
 * @param <T> what is kept
 */
public final class RememberedFile<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedFile.class);

    private final Path file;
    private final String what;
    private final Function<T, byte[]> write;
    private final Function<byte[], T> read;

    /**
     * @param file is made at the first change; its folder must exist by then
     * @param what is kept, for people
     * @param read throws {@link IllegalArgumentException} for what is no such thing
     */
    public RememberedFile(Path file, String what, Function<T, byte[]> write, Function<byte[], T> read) {
        this.file = file;
        this.what = what;
        this.write = write;
        this.read = read;
    }

    /** In a form that people can read. */
    public static <T> RememberedFile<T> ofText(
            Path file, String what, Function<T, String> write, Function<String, T> read) {
        return new RememberedFile<>(
                file,
                what,
                value -> write.apply(value).getBytes(StandardCharsets.UTF_8),
                bytes -> read.apply(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** What is on disk. A file that cannot be read is set aside, and it is as if there were none. */
    public Optional<T> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(Files.readAllBytes(file)));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("{} on disk cannot be read and is set aside file={}", what, file, unreadable);
            setAside();
            return Optional.empty();
        }
    }

    /** A failure costs only what a restart would remember, so it is told and nothing else. */
    public void save(T value) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(write.apply(value));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            LOG.warn("{} is in force but not on disk file={}", what, file, failed);
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("{} on disk cannot be set aside file={}", what, file, failed);
        }
    }
}
