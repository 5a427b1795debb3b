package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.data.DataNodeOnBench.S1;
import static io.twinspan.registry.node.data.DataNodeOnBench.S2;
import static io.twinspan.registry.node.data.DataNodeOnBench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.node.data.rocksdb.RocksDbSnapshotStore;
import io.twinspan.registry.node.data.rocksdb.StoreSettings;
import io.twinspan.registry.simulation.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRestartTest {
    @Test
    void tenThousandPublishersAreServedAfterAKillOfTheirNode(@TempDir Path temp) throws IOException {
        ManualClock time = new ManualClock();
        try (SnapshotStore disk = RocksDbSnapshotStore.open(temp.resolve("store"), StoreSettings.standard())) {
            DataNodeOnBench old = new DataNodeOnBench(time, disk);
            old.lead(S1, S2);
            old.compareWithNothing(S1, S2);
            old.pass(Duration.ofSeconds(16));
            for (int batch = 0; batch < 100; batch++) {
                List<RegistrationChange> changes = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    int number = batch * 100 + i;
                    changes.add(new RegistrationChange(
                            SERVICE, new DatumChange.Register(old.publisher(S1, number, "a:" + number))));
                }
                old.ask(new ApplyChanges(S1, changes));
            }
            disk.flush();
            try (SnapshotStore image =
                    RocksDbSnapshotStore.open(copy(temp.resolve("store"), temp), StoreSettings.standard())) {
                DataNodeOnBench young = new DataNodeOnBench(time, image);
                long start = System.nanoTime();
                young.lead(S2);
                DatumAnswer answer = young.fetch(S2);
                Duration took = Duration.ofNanos(System.nanoTime() - start);

                assertThat(answer.isConfirmed()).isFalse();
                assertThat(answer.version()).isEqualTo(old.fetch(S2).version());
                assertThat(Objects.requireNonNull(answer.datum()).publishers())
                        .isEqualTo(Objects.requireNonNull(old.fetch(S2).datum()).publishers());
                assertThat(took).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    /** What a kill would leave on the disk at this moment. */
    private static Path copy(Path folder, Path temp) throws IOException {
        Path image = Files.createTempDirectory(temp, "image");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("LOCK")) {
                    Files.copy(file, image.resolve(file.getFileName()));
                }
            }
        }
        return image;
    }
}
