package io.twinspan.registry.ops.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps {@link DemoState} on disk. A reader sees the old or the new state, never a half of one. */
final class DemoStateFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

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

    private static String firstLine(Exception broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
