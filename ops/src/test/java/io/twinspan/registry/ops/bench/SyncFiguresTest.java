package io.twinspan.registry.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncFiguresTest {
    @TempDir
    Path folder;

    @Test
    void namesAreOfOneLengthAndAllDifferent() {
        Set<String> names = new HashSet<>();
        for (int k = 0; k < 100_000; k++) {
            String name = SyncCrowd.service("bytes", k);
            assertThat(name).hasSize(SyncCrowd.NAME_BYTES);
            names.add(name);
        }
        assertThat(names).hasSize(100_000);
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(LossMeasurement.median(List.of(3.0, 1.0, 9.0))).isEqualTo(3.0);
        assertThat(LossMeasurement.median(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(3.0);
    }

    @Test
    void aReadingOfNobodyIsSyncedWithNobody() {
        assertThat(SyncReading.of("").isSynced()).isFalse();
    }

    @Test
    void aReadingIsThatOfTheOnePeer() {
        SyncReading reading = SyncReading.of("""
                {"writing":true,"announced":7,"waiting":1,"fulls":2,
                 "peers":[{"state":"SYNCED","services":5,"pulls":3,"fetched":4}]}""");

        assertThat(reading).isEqualTo(new SyncReading(true, 7, 1, 2, true, 5, 3, 4));
    }

    @Test
    void aFolderInUseIsRefused() throws IOException {
        Files.createFile(folder.resolve("something"));

        assertThatThrownBy(() -> Limits.checkUnused(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--folder");
        assertThatThrownBy(() -> new SyncLoad(folder, "1g", 0, 1, 10, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--services");
    }

    @Test
    void aMissedFigureSaysSo() {
        assertThat(new SyncFigure("bytes", "90", "80", false, List.of("note")).lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("MISSED");
    }
}
