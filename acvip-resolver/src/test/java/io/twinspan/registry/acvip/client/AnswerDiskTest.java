package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerDiskTest {
    private static final KeptAnswers KEPT = new KeptAnswers(
            Replies.epoch("7/west"),
            Instant.parse("2026-01-02T03:04:05Z"),
            List.of(Replies.answer("session.twinspan", "7/west", "10.0.0.1:9600", "[::1]:9600")),
            new ServerList(
                    Optional.empty(),
                    List.of(new DatacenterServers("east", "ACTIVE", List.of(new Endpoint("10.0.0.1", 9603))))));

    @TempDir
    Path folder;

    @Test
    void whatWasSavedIsThereAfterARestart() throws IOException {
        save(KEPT);
        assertThat(load()).isEqualTo(KEPT);
    }

    @Test
    void nothingIsThereInANewFolder() {
        assertThat(load()).isEqualTo(KeptAnswers.NOTHING);
    }

    /** Cut short, a byte turned over, emptied, or of a later format. */
    @ParameterizedTest
    @ValueSource(strings = {"cut", "flip", "empty", "format", "text"})
    void aBrokenFileIsSetAsideAndTheEpochSurvives(String how) throws IOException {
        save(KEPT);
        Path answers = folder.resolve("answers");
        byte[] bytes = Files.readAllBytes(answers);
        switch (how) {
            case "cut" -> Files.write(answers, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            case "flip" -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(answers, bytes);
            }
            case "empty" -> Files.write(answers, new byte[0]);
            case "format" -> Files.writeString(answers, "1\n{\"format\":2}");
            default -> Files.writeString(answers, "hello");
        }

        KeptAnswers after = load();

        assertThat(after.answers()).isEmpty();
        assertThat(after.epoch()).isEqualTo(KEPT.epoch());
        assertThat(folder.resolve("answers.broken")).exists();
    }

    @Test
    void theHigherOfBothFilesIsTheEpoch() throws IOException {
        save(KEPT);
        Files.delete(folder.resolve("epoch"));
        assertThat(load().epoch()).isEqualTo(KEPT.epoch());
    }

    @Test
    void whenTheAnswersCannotBeWrittenTheEpochIsAndNothingHalfWrittenStays() throws IOException {
        save(KEPT);
        KeptAnswers next = new KeptAnswers(Replies.epoch("8/west"), KEPT.confirmed(), List.of(), ServerList.EMPTY);
        Files.createDirectory(folder.resolve("answers.new"));
        assertThatThrownBy(() -> save(next)).isInstanceOf(IOException.class);
        assertThat(load().epoch()).isEqualTo(next.epoch());
        assertThat(folder.resolve("answers.new")).doesNotExist();
        save(next);
        assertThat(load()).isEqualTo(next);
    }

    @Test
    void aFolderHasOneUser() {
        try (AnswerDisk first = new AnswerDisk(folder)) {
            assertThat(first.load()).isEqualTo(KeptAnswers.NOTHING);
            assertThatThrownBy(() -> new AnswerDisk(folder))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another agent or client uses");
        }
        try (AnswerDisk next = new AnswerDisk(folder)) {
            assertThat(next.load()).isEqualTo(KeptAnswers.NOTHING);
        }
    }

    private void save(KeptAnswers kept) throws IOException {
        try (AnswerDisk disk = new AnswerDisk(folder)) {
            disk.save(kept);
        }
    }

    private KeptAnswers load() {
        try (AnswerDisk disk = new AnswerDisk(folder)) {
            return disk.load();
        }
    }
}
