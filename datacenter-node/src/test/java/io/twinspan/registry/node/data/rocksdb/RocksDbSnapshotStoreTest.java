package io.twinspan.registry.node.data.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.data.Samples;
import io.twinspan.registry.node.data.SlotSnapshot;
import io.twinspan.registry.node.data.SnapshotStore;
import io.twinspan.registry.node.data.SnapshotStoreContract;
import io.twinspan.registry.node.data.SnapshotStoreException;
import io.twinspan.registry.node.data.rocksdb.proto.DatumRow;
import io.twinspan.registry.node.data.rocksdb.proto.FormatRow;
import io.twinspan.registry.slot.SlotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

class RocksDbSnapshotStoreTest implements SnapshotStoreContract {
    @TempDir
    private Path temp = Path.of("");

    private @Nullable RocksDbSnapshotStore store;

    @BeforeEach
    void open() {
        store = RocksDbSnapshotStore.open(temp.resolve("store"), StoreSettings.standard());
    }

    @Override
    public SnapshotStore store() {
        return Objects.requireNonNull(store);
    }

    @Test
    void tenThousandPublishersSurviveAKillAndLoadFast() throws IOException {
        Datum datum = Samples.datum("east", "service", 10_000);
        Datum growing = Datum.empty(datum.datacenter(), datum.id());
        for (List<Publisher> part : parts(datum.publishers(), 100)) {
            List<DatumChange> changes =
                    part.stream().<DatumChange>map(DatumChange.Register::new).toList();
            growing = growing.apply(changes, 0, () -> new DatumVersion(600)).datum();
            store().save(new DatumWrite(
                    SLOT, growing, Set.copyOf(part.stream().map(Publisher::id).toList())));
        }
        store().saveCeilings(Map.of(SLOT, new DatumVersion(700)));
        store().flush();

        long start = System.nanoTime();
        try (RocksDbSnapshotStore reopened = reopenCrashImage()) {
            SlotSnapshot loaded = reopened.load(SLOT);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(loaded.ceiling()).isEqualTo(new DatumVersion(700));
            Samples.assertSame(loaded.datums().get(0), growing);
            assertThat(took).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void changeIsWrittenWithoutAnybodyAskingForIt() {
        Datum datum = Samples.datum("east", "service", 1);
        store().save(new DatumWrite(SLOT, datum, Samples.ids(datum)));
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            try (RocksDbSnapshotStore reopened = reopenCrashImage()) {
                assertThat(reopened.load(SLOT).datums()).hasSize(1);
            }
        });
    }

    @Test
    void storeOfAnotherFormatIsRefusedByName() throws RocksDBException {
        store().close();
        try (RocksDbFolder folder = RocksDbFolder.open(temp.resolve("store"))) {
            byte[] row = RowCodec.seal(
                    RocksDbFolder.FORMAT_KEY,
                    FormatRow.newBuilder().setFormat(7).build());
            folder.db().put(folder.handle(RowFamily.FORMAT), RocksDbFolder.FORMAT_KEY, row);
        }
        assertThatThrownBy(() -> RocksDbSnapshotStore.open(temp.resolve("store"), StoreSettings.standard()))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessageContaining("has format 7 and this release reads format 1");
        assertThat(temp.resolve("store.damaged-1")).doesNotExist();
    }

    @Test
    void damagedRowSetsTheStoreAside() throws RocksDBException {
        store().close();
        try (RocksDbFolder folder = RocksDbFolder.open(temp.resolve("store"))) {
            byte[] key = RowKeys.ofDatum(
                    SLOT,
                    Samples.datum("east", "x", 0).datacenter(),
                    Samples.datum("east", "x", 0).id());
            byte[] row = RowCodec.seal(key, DatumRow.newBuilder().setVersion(5).build());
            row[row.length - 1] ^= 1;
            folder.db().put(folder.handle(RowFamily.DATUM), key, row);
        }
        assertEmptyStoreTookItsPlace();
    }

    @Test
    void damagedFileSetsTheStoreAside() throws IOException, RocksDBException {
        Path table = writeTable();
        byte[] bytes = Files.readAllBytes(table);
        for (int i = 0; i < bytes.length / 2; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(table, bytes);
        assertEmptyStoreTookItsPlace();
    }

    @Test
    void missingFileSetsTheStoreAside() throws IOException, RocksDBException {
        Files.delete(writeTable());
        assertEmptyStoreTookItsPlace();
    }

    @Test
    void tornFolderIsSetAside() throws IOException, RocksDBException {
        writeTable();
        Files.delete(temp.resolve("store").resolve("CURRENT"));
        assertEmptyStoreTookItsPlace();
    }

    @Test
    void tornTailOfTheLogLosesOnlyTheTail() throws IOException {
        Datum datum = Samples.datum("east", "service", 10);
        store().save(new DatumWrite(SLOT, datum, Samples.ids(datum)));
        store().flush();
        Datum late = Samples.datum("east", "late", 10);
        store().save(new DatumWrite(SLOT, late, Samples.ids(late)));
        store().flush();
        Path image = crashImage();
        Path log = newest(image, ".log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 20));
        try (RocksDbSnapshotStore reopened = RocksDbSnapshotStore.open(image, StoreSettings.standard())) {
            assertThat(reopened.load(SLOT).datums()).hasSize(1);
            Samples.assertSame(reopened.load(SLOT).datums().get(0), datum);
        }
    }

    @Test
    void storeThatIsOpenElsewhereIsRefusedAndNotSetAside() {
        assertThatThrownBy(() -> RocksDbSnapshotStore.open(temp.resolve("store"), StoreSettings.standard()))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessageContaining("lock");
        assertThat(temp.resolve("store.damaged-1")).doesNotExist();
    }

    @Test
    void slotsReadAheadHoldWhatWasSavedMeanwhile() {
        Datum early = Samples.datum("east", "early", 3);
        store().save(new DatumWrite(SLOT, early, Samples.ids(early)));
        SlotId other = new SlotId(1);
        store().expect(List.of(other, SLOT));
        Datum late = Samples.datum("east", "late", 3);
        store().save(new DatumWrite(SLOT, late, Samples.ids(late)));

        assertThat(store().load(other).datums()).isEmpty();
        assertThat(store().load(SLOT).datums()).hasSize(2);
    }

    @Test
    void everyExpectedSlotIsLoadedWholeInAnyOrder() throws IOException {
        for (int i = 0; i < 40; i++) {
            Datum datum = Samples.datum("east", "service" + i, 5);
            store().save(new DatumWrite(new SlotId(i), datum, Samples.ids(datum)));
        }
        store().flush();
        try (RocksDbSnapshotStore reopened = reopenCrashImage()) {
            List<SlotId> slots = IntStream.range(0, 40).mapToObj(SlotId::new).toList();
            reopened.expect(slots);
            for (int i = 39; i >= 0; i--) {
                SlotSnapshot loaded = reopened.load(slots.get(i));
                Samples.assertSame(loaded.datums().get(0), Samples.datum("east", "service" + i, 5));
            }
        }
    }

    private Path writeTable() throws IOException, RocksDBException {
        Datum datum = Samples.datum("east", "service", 500);
        store().save(new DatumWrite(SLOT, datum, Samples.ids(datum)));
        store().close();
        try (RocksDbFolder folder = RocksDbFolder.open(temp.resolve("store"));
                FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            folder.db().flush(wait, folder.handle(RowFamily.PUBLISHER));
        }
        return newest(temp.resolve("store"), ".sst");
    }

    private void assertEmptyStoreTookItsPlace() {
        store = RocksDbSnapshotStore.open(temp.resolve("store"), StoreSettings.standard());
        assertThat(store().load(SLOT)).isEqualTo(SlotSnapshot.EMPTY);
        assertThat(temp.resolve("store.damaged-1")).isDirectory();
    }

    private RocksDbSnapshotStore reopenCrashImage() throws IOException {
        return RocksDbSnapshotStore.open(crashImage(), StoreSettings.standard());
    }

    /** What a kill would leave on the disk at this moment: the store is not closed. */
    private Path crashImage() throws IOException {
        Path image = Files.createTempDirectory(temp, "image");
        try (Stream<Path> files = Files.list(temp.resolve("store"))) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("LOCK")) {
                    Files.copy(file, image.resolve(file.getFileName()));
                }
            }
        }
        return image;
    }

    private static Path newest(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static List<List<Publisher>> parts(List<Publisher> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size)))
                .toList();
    }
}
