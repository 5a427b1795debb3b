package io.twinspan.registry.ops.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps {@link DemoState} on disk. A reader sees the old or the new state, never a half of one. */
final class DemoStateFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final int LOCK_TRIES = 100;
    private static final int LOCK_PAUSE_NANOS = 50_000_000;

    private final Path file;

    DemoStateFile(Path file) {
        this.file = file;
    }

    /** @throws DemoRefusedException when the file is there but cannot be understood */
    Optional<DemoState> load() {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), DemoState.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException | IOException broken) {
            throw new DemoRefusedException("the state file " + file + " cannot be read (" + firstLine(broken)
                    + "); make sure no demo runs (ps -ef | grep twinspan), then remove that file");
        }
    }

    void save(DemoState state) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, JSON.writeValueAsString(state) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("the state file " + file + " cannot be written", failed);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("the state file " + file + " cannot be removed", failed);
        }
    }

    /**
     * Does something while no other command changes the state: what is read, done and written in it is one step.
     *
     * @throws DemoRefusedException when another command does not let go within five seconds
     */
    void whileLocked(Runnable step) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Files.createDirectories(lock.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                awaitLock(channel);
                step.run();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the file " + lock + " cannot be written", failed);
        }
    }

    private void awaitLock(FileChannel channel) throws IOException {
        for (int tries = 0; tries < LOCK_TRIES; tries++) {
            try {
                if (channel.tryLock() != null) {
                    return;
                }
            } catch (OverlappingFileLockException sameProcess) {
                // The hook of Ctrl-C and the command it ends are two threads of one process: the same as another
                // process.
                assert channel.isOpen();
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
        throw new DemoRefusedException("another command is changing what runs in " + file.getParent() + "; try again");
    }

    private static String firstLine(Exception broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
