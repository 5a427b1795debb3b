package io.twinspan.registry.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.it.fixture.RunbookPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages an operator reads in the night. */
class RunbookPagesTest {
    @Test
    void everyPageIsPlayedByATest() throws IOException {
        String tests;
        try (Stream<Path> files = Files.walk(Repository.root().resolve("it-tests/src/test/java"))) {
            tests = files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(RunbookPagesTest::text)
                    .collect(Collectors.joining());
        }
        List<String> names = RunbookPage.names();
        assertThat(names).isNotEmpty().allMatch(name -> tests.contains('"' + name + '"'));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
