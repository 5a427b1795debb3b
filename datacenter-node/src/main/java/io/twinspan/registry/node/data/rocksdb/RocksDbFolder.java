package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.node.data.SnapshotStoreException;
import io.twinspan.registry.node.data.rocksdb.proto.FormatRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the folder of a store. A store that is torn or corrupt is renamed and reported, and an empty one takes its place, because
 * sessions can fill it again; a store of another format version, or one that somebody else has open, is refused.
 */
final class RocksDbFolder implements AutoCloseable {
    static final int FORMAT = 1;
    static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);

    private static final Logger LOG = LoggerFactory.getLogger(RocksDbFolder.class);
    private static final int WRITE_BUFFER_BYTES = 4 << 20;
    private static final int ALL_WRITE_BUFFERS_BYTES = 16 << 20;

    // Room for a burst while the processor is busy: with two, a write waits whenever one buffer is being flushed.
    private static final int WRITE_BUFFERS = 6;

    // Merging small files early rewrites everything again and again: it took a seventh of the processor time of a
    // registration.
    private static final int FILES_BEFORE_MERGING = 8;
    private static final int BLOCK_CACHE_BYTES = 2 << 20;
    private static final int WAL_BYTES = 32 << 20;
    private static final int OPEN_FILES = 64;
    private static final int CHECKING_THREADS = 4;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final Map<RowFamily, ColumnFamilyHandle> handles = new EnumMap<>(RowFamily.class);
    private final RocksDB db;

    private RocksDbFolder(Path folder) throws RocksDBException {
        Cache cache = own(new LRUCache(BLOCK_CACHE_BYTES, 1));
        ColumnFamilyOptions rows = own(new ColumnFamilyOptions())
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS)
                .setLevel0FileNumCompactionTrigger(FILES_BEFORE_MERGING)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
        DBOptions options = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setDbWriteBufferSize(ALL_WRITE_BUFFERS_BYTES)
                .setMaxTotalWalSize(WAL_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxBackgroundJobs(2)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(1 << 20);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (RowFamily family : RowFamily.values()) {
            descriptors.add(new ColumnFamilyDescriptor(family.columnFamily(), rows));
        }
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            db = RocksDB.open(options, folder.toString(), descriptors, opened);
        } catch (RocksDBException failed) {
            closeNatives();
            throw failed;
        }
        for (RowFamily family : RowFamily.values()) {
            handles.put(family, opened.remove(0));
        }
    }

    /**
     * Opens it, or an empty one in its place.
     *
     * @throws SnapshotStoreException when it cannot be opened and must not be set aside
     */
    static RocksDbFolder open(Path folder) {
        RocksDB.loadLibrary();
        try {
            Files.createDirectories(folder);
            if (isTorn(folder)) {
                setAside(folder, "it has files but no CURRENT");
            }
            Optional<String> damage;
            try {
                RocksDbFolder opened = new RocksDbFolder(folder);
                damage = opened.checkOrClose(folder);
                if (damage.isEmpty()) {
                    return opened;
                }
            } catch (RocksDBException failed) {
                damage = Optional.of(damageIn(failed, folder));
            }
            setAside(folder, damage.get());
            Files.createDirectories(folder);
            RocksDbFolder fresh = new RocksDbFolder(folder);
            fresh.checkOrClose(folder);
            return fresh;
        } catch (IOException | RocksDBException failed) {
            throw new SnapshotStoreException(
                    "the store in " + folder + " cannot be opened: " + failed.getMessage(), failed);
        }
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle handle(RowFamily family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalStateException("no column family for " + family);
        }
        return handle;
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
        db.close();
        closeNatives();
    }

    private Optional<String> checkOrClose(Path folder) throws RocksDBException {
        boolean isGood = false;
        try {
            Optional<String> damage = check(folder);
            isGood = damage.isEmpty();
            return damage;
        } finally {
            if (!isGood) {
                close();
            }
        }
    }

    /** Reads every row once: what is damaged must be known before any of it is served. */
    private Optional<String> check(Path folder) throws RocksDBException {
        byte[] value = db.get(handle(RowFamily.FORMAT), FORMAT_KEY);
        if (value == null) {
            if (rows() != 0) {
                return Optional.of("it has rows but no format version");
            }
            byte[] row = RowCodec.seal(
                    FORMAT_KEY, FormatRow.newBuilder().setFormat(FORMAT).build());
            db.put(handle(RowFamily.FORMAT), FORMAT_KEY, row);
            return Optional.empty();
        }
        if (!RowCodec.isSound(FORMAT_KEY, value)) {
            return Optional.of("the checksum of its format version is wrong");
        }
        int format = RowCodec.open(FORMAT_KEY, value, FormatRow.parser()).getFormat();
        if (format != FORMAT) {
            throw new SnapshotStoreException("the store in " + folder + " has format " + format
                    + " and this release reads format " + FORMAT
                    + ": start the release that wrote it, or move the folder away to begin with an empty store");
        }
        return rows() == RowCheck.DAMAGED ? Optional.of("the checksum of a row is wrong") : Optional.empty();
    }

    /** Number of rows, or {@link RowCheck#DAMAGED}. */
    private long rows() throws RocksDBException {
        return new RowCheck(db, List.copyOf(handles.values())).rows(CHECKING_THREADS);
    }

    private static boolean isTorn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return !Files.exists(folder.resolve("CURRENT"))
                    && files.anyMatch(file -> file.getFileName().toString().endsWith(".sst"));
        }
    }

    private static String damageIn(RocksDBException failed, Path folder) {
        Status status = failed.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        String message = String.valueOf(failed.getMessage());
        boolean isMissingFile =
                code == Status.Code.IOError && message.toLowerCase(Locale.ROOT).contains("no such file");
        if (code == Status.Code.Corruption || isMissingFile) {
            return message;
        }
        throw new SnapshotStoreException("the store in " + folder + " cannot be opened: " + message, failed);
    }

    private static void setAside(Path folder, String why) throws IOException {
        int number = 1;
        Path aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + number);
        while (Files.exists(aside)) {
            number++;
            aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + number);
        }
        Files.move(folder, aside);
        LOG.error(
                "store is damaged, set aside, an empty one takes its place: folder={} aside={} why={}",
                folder,
                aside,
                why);
        Files.createDirectories(folder);
    }

    private <T extends AutoCloseable> T own(T one) {
        natives.add(0, one);
        return one;
    }

    private void closeNatives() {
        for (AutoCloseable each : natives) {
            try {
                each.close();
            } catch (Exception neverThrownByNatives) {
                throw new IllegalStateException(neverThrownByNatives);
            }
        }
    }
}
