package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Answers in a folder: {@code answers} with everything, {@code epoch} with the highest epoch alone, so that this one survives when
 * the other does not. Each file is its checksum, a line break and JSON, written beside, forced to the disk and renamed. A file that
 * cannot be read is set aside as {@code ….broken}.
 */
final class AnswerDisk implements AnswerStore {
    private static final System.Logger LOG = System.getLogger(AnswerDisk.class.getName());
    private static final String ANSWERS = "answers";
    private static final String EPOCH = "epoch";
    private static final int FORMAT = 1;
    private static final long LARGEST = 64L << 20;

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;
    private Optional<FederationEpoch> savedEpoch = Optional.empty();

    /**
     * Opens the folder, which is made if it is not there.
     *
     * @throws UncheckedIOException when it cannot be written, or somebody else uses it
     */
    AnswerDisk(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = lock(lockFile, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("answers cannot be kept in " + folder + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public KeptAnswers load() {
        KeptAnswers kept = read(ANSWERS).flatMap(body -> parsed(ANSWERS, body)).orElse(KeptAnswers.NOTHING);
        savedEpoch = read(EPOCH).flatMap(body -> parsed(EPOCH, body)).flatMap(KeptAnswers::epoch);
        if (EpochVerdict.of(kept.epoch(), savedEpoch) == EpochVerdict.LOWER) {
            return kept;
        }
        return new KeptAnswers(savedEpoch, kept.confirmed(), kept.answers(), kept.servers());
    }

    @Override
    public void save(KeptAnswers kept) throws IOException {
        // The epoch first: it is small, and no answer of an epoch that is over may be given after a restart, whatever
        // fails.
        if (!savedEpoch.equals(kept.epoch())) {
            write(
                    EPOCH,
                    PlainJson.write(
                            form(new KeptAnswers(kept.epoch(), kept.confirmed(), List.of(), ServerList.EMPTY))));
            savedEpoch = kept.epoch();
        }
        write(ANSWERS, PlainJson.write(form(kept)));
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.DEBUG, "the lock of " + folder + " was gone already", failed);
        }
    }

    private static FileLock lock(FileChannel file, Path folder) throws IOException {
        FileLock taken;
        try {
            taken = file.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            taken = null;
        }
        if (taken == null) {
            file.close();
            throw new IOException("another agent or client uses " + folder);
        }
        return taken;
    }

    private void write(String name, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = (checksum(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path beside = folder.resolve(name + ".new");
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(out, head);
            writeAll(out, bytes);
            out.force(true);
        } catch (IOException failed) {
            // Half a file would keep the room that the next attempt needs.
            Files.deleteIfExists(beside);
            throw failed;
        }
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException notHere) {
            // Some systems do not open folders; the rename is then as lasting as they make it.
            LOG.log(System.Logger.Level.DEBUG, "a folder that cannot be forced to the disk", notHere);
        }
    }

    private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > LARGEST) {
                return setAside(name, "it has " + Files.size(file) + " bytes");
            }
            String text = Files.readString(file);
            int end = text.indexOf('\n');
            String body = text.substring(end + 1);
            if (end < 0 || !text.substring(0, end).equals(checksum(body.getBytes(StandardCharsets.UTF_8)))) {
                return setAside(name, "its checksum is not that of its content");
            }
            return Optional.of(body);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return setAside(name, String.valueOf(unreadable.getMessage()));
        }
    }

    private Optional<KeptAnswers> parsed(String name, String body) {
        try {
            return Optional.of(kept(ResolverForms.object(PlainJson.read(body), name)));
        } catch (IllegalArgumentException | java.time.DateTimeException | ClassCastException wrong) {
            setAside(name, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<String> setAside(String name, String why) {
        LOG.log(System.Logger.Level.WARNING, "{0} cannot be used and is set aside: {1}", folder.resolve(name), why);
        try {
            Files.move(folder.resolve(name), folder.resolve(name + ".broken"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "it could not be set aside: {0}", failed.toString());
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> form(KeptAnswers kept) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("format", FORMAT);
        body.put("epoch", ResolverForms.form(kept.epoch()));
        body.put("confirmedMillis", kept.confirmed().toEpochMilli());
        body.put("servers", ResolverForms.form(kept.servers()));
        body.put(
                "answers",
                kept.answers().stream()
                        .map(answer -> ResolverForms.form(answer, ClientPlace.UNKNOWN))
                        .toList());
        return body;
    }

    private static KeptAnswers kept(Map<?, ?> body) {
        if (!Long.valueOf(FORMAT).equals(body.get("format"))) {
            throw new IllegalArgumentException("it is of another format, " + body.get("format"));
        }
        List<ServedAnswer> answers = new ArrayList<>();
        if (body.get("answers") instanceof List<?> listed) {
            listed.forEach(each -> answers.add(ResolverForms.answer(ResolverForms.object(each, "answers"))));
        }
        Instant confirmed =
                body.get("confirmedMillis") instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH;
        return new KeptAnswers(
                ResolverForms.epoch(body.get("epoch")),
                confirmed,
                answers,
                ResolverForms.servers(PlainJson.write(body.get("servers"))));
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }
}
