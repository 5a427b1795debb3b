package io.twinspan.registry.ops.rolling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The journal on disk. A reader sees the old or the new one, never half of one; while a run holds it no other can. */
public final class JournalFile implements RollingPorts.Keeper, AutoCloseable {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;
    private @Nullable FileChannel lock;

    /** @param file which need not be there yet */
    public JournalFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** Beside the journal: what the commands wrote. */
    Path log() {
        return file.resolveSibling(file.getFileName() + ".log");
    }

    /**
     * What was kept last.
     *
     * @throws IllegalArgumentException when the file is there and is no journal
     */
    public Optional<RollingJournal> load() {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), RollingJournal.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException | IOException broken) {
            throw new IllegalArgumentException(
                    "the journal " + file + " cannot be read: "
                            + String.valueOf(broken.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason given"),
                    broken);
        }
    }

    /** Takes it for one run; false when another run has it. */
    public boolean take() {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                return false;
            }
            lock = channel;
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException("the journal " + file + " cannot be written", failed);
        }
    }

    @Override
    public void save(RollingJournal journal) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, JSON.writeValueAsString(journal) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("the journal " + file + " cannot be written", failed);
        }
    }

    @Override
    public void close() {
        FileChannel held = lock;
        if (held != null) {
            try {
                held.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("the lock of the journal " + file + " was not given back", failed);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }
}
