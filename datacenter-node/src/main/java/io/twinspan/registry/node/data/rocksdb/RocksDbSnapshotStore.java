package io.twinspan.registry.node.data.rocksdb;

import com.google.protobuf.MessageLite;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.data.SlotSnapshot;
import io.twinspan.registry.node.data.SnapshotStore;
import io.twinspan.registry.node.data.SnapshotStoreException;
import io.twinspan.registry.node.data.rocksdb.proto.CeilingRow;
import io.twinspan.registry.node.data.rocksdb.proto.DatumRow;
import io.twinspan.registry.node.data.rocksdb.proto.RankedRow;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a RocksDB folder. Datums are written by a thread of its own, in batches that hold each datum whole, so that what is
 * found after a crash is a state that was. The lock keeps the native handles from being used after they are closed.
 */
public final class RocksDbSnapshotStore implements SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(RocksDbSnapshotStore.class);

    private final Path folder;
    private final StoreSettings settings;
    private final RocksDbFolder rocks;
    private final WriteQueue queue;
    private final ReadAhead ahead;
    private final Thread writer;
    // Write-ahead log on, no fsync: survives a kill -9 of everything, not the loss of power.
    private final WriteOptions unsynced = new WriteOptions().setSync(false);
    private final ReentrantReadWriteLock handles = new ReentrantReadWriteLock();
    private volatile String problem = "";
    private boolean isClosed;

    private RocksDbSnapshotStore(Path folder, StoreSettings settings, RocksDbFolder rocks) {
        this.folder = folder;
        this.settings = settings;
        this.rocks = rocks;
        this.queue = new WriteQueue(settings.mostWaiting());
        this.ahead = new ReadAhead(this::read, settings.readers(), settings.mostReadAhead());
        this.writer = new Thread(this::writeUntilClosed, "data-store-writer");
        writer.setDaemon(true);
    }

    /**
     * Opens the store in a folder of its own, which is made when absent. A damaged store is renamed beside it.
     *
     * @throws SnapshotStoreException when it is of another format version, is open elsewhere, or the disk does not let us
     */
    public static RocksDbSnapshotStore open(Path folder, StoreSettings settings) {
        RocksDbSnapshotStore store = new RocksDbSnapshotStore(folder, settings, RocksDbFolder.open(folder));
        store.writer.start();
        return store;
    }

    @Override
    public void expect(List<SlotId> slots) {
        queue.awaitWritten();
        ahead.expect(slots);
    }

    @Override
    public SlotSnapshot load(SlotId slot) {
        return ahead.take(slot).orElseGet(() -> {
            queue.awaitWritten();
            return read(slot);
        });
    }

    private SlotSnapshot read(SlotId slot) {
        handles.readLock().lock();
        try {
            refuseWhenClosed();
            return new SlotReader(rocks, slot).read();
        } catch (RocksDBException | IllegalArgumentException damaged) {
            problem = "slot " + slot + " in " + folder + " cannot be read: " + damaged.getMessage();
            throw new SnapshotStoreException(problem, damaged);
        } finally {
            handles.readLock().unlock();
        }
    }

    @Override
    public void save(DatumWrite write) {
        ahead.drop(write.slot());
        queue.add(write);
    }

    @Override
    public boolean saveCeilings(Map<SlotId, DatumVersion> ceilings) {
        ceilings.keySet().forEach(ahead::drop);
        return write("ceilings", batch -> {
            for (Map.Entry<SlotId, DatumVersion> each : ceilings.entrySet()) {
                byte[] key = RowKeys.ofSlot(each.getKey());
                CeilingRow row = CeilingRow.newBuilder()
                        .setCeiling(each.getValue().value())
                        .build();
                batch.put(rocks.handle(RowFamily.CEILING), key, RowCodec.seal(key, row));
            }
        });
    }

    @Override
    public boolean saveRanked(Map<SlotId, Leadership> ranked) {
        return write("leaderships", batch -> {
            for (Map.Entry<SlotId, Leadership> each : ranked.entrySet()) {
                byte[] key = RowKeys.ofRanked(each.getKey());
                batch.put(rocks.handle(RowFamily.CEILING), key, RowCodec.seal(key, RowCodec.row(each.getValue())));
            }
        });
    }

    @Override
    public Map<SlotId, Leadership> ranked() {
        Map<SlotId, Leadership> ranked = new HashMap<>();
        handles.readLock().lock();
        try {
            refuseWhenClosed();
            for (int i = 0; i < SlotId.COUNT; i++) {
                SlotId slot = new SlotId(i);
                ranked(slot).ifPresent(leadership -> ranked.put(slot, leadership));
            }
        } finally {
            handles.readLock().unlock();
        }
        return ranked;
    }

    private Optional<Leadership> ranked(SlotId slot) {
        byte[] key = RowKeys.ofRanked(slot);
        try {
            byte[] value = rocks.db().get(rocks.handle(RowFamily.CEILING), key);
            return value == null
                    ? Optional.empty()
                    : Optional.of(RowCodec.leadership(RowCodec.open(key, value, RankedRow.parser())));
        } catch (RocksDBException | IllegalArgumentException damaged) {
            problem = "the leadership of " + slot + " in " + folder + " cannot be read: " + damaged.getMessage();
            LOG.error("a leadership cannot be read: slot={} folder={}", slot, folder, damaged);
            return Optional.empty();
        }
    }

    @Override
    public void forget(SlotId slot) {
        ahead.drop(slot);
        queue.awaitWritten();
        byte[] from = RowKeys.ofSlot(slot);
        write("the removal of slot " + slot, batch -> {
            for (RowFamily family : List.of(RowFamily.DATUM, RowFamily.PUBLISHER, RowFamily.TOMBSTONE)) {
                if (slot.number() + 1 < SlotId.COUNT) {
                    batch.deleteRange(rocks.handle(family), from, RowKeys.ofSlot(new SlotId(slot.number() + 1)));
                } else {
                    // No key begins with two bytes of 0xff: the second is half a length below 4 096.
                    batch.deleteRange(rocks.handle(family), from, new byte[] {(byte) 0xff, (byte) 0xff});
                }
            }
            batch.delete(rocks.handle(RowFamily.CEILING), from);
        });
    }

    @Override
    public void flush() {
        queue.awaitWritten();
    }

    @Override
    public Status status() {
        return new Status(problem, queue.waiting(), queue.dropped());
    }

    @Override
    public void close() {
        ahead.expect(List.of());
        queue.close();
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        handles.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                rocks.close();
                unsynced.close();
            }
        } finally {
            handles.writeLock().unlock();
        }
    }

    private void writeUntilClosed() {
        try {
            while (true) {
                List<DatumWrite> batch = queue.take(settings.delay());
                if (batch.isEmpty()) {
                    return;
                }
                if (write("datums", rows -> putAll(rows, batch))) {
                    queue.written();
                } else if (queue.isClosed()) {
                    LOG.error("store closed with unwritten datums: folder={} datums={}", folder, batch.size());
                    return;
                } else {
                    queue.failed(batch, settings.retry());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void putAll(WriteBatch rows, List<DatumWrite> batch) throws RocksDBException {
        for (DatumWrite write : batch) {
            Datum datum = write.datum();
            byte[] datumKey = RowKeys.ofDatum(write.slot(), datum.datacenter(), datum.id());
            if (datum.version().equals(DatumVersion.NONE)) {
                rows.delete(rocks.handle(RowFamily.DATUM), datumKey);
            } else {
                DatumRow row = DatumRow.newBuilder()
                        .setVersion(datum.version().value())
                        .setConfirmedMillis(write.confirmedMillis())
                        .addAllAfter(RowCodec.after(datum))
                        .build();
                rows.put(rocks.handle(RowFamily.DATUM), datumKey, RowCodec.seal(datumKey, row));
            }
            for (RegistrationId id : write.publishers()) {
                byte[] key = RowKeys.ofRegistration(datumKey, id);
                put(rows, RowFamily.PUBLISHER, key, datum.find(id).map(RowCodec::row));
            }
            for (RegistrationId id : write.tombstones()) {
                byte[] key = RowKeys.ofRegistration(datumKey, id);
                put(rows, RowFamily.TOMBSTONE, key, datum.findTombstone(id).map(RowCodec::row));
            }
        }
    }

    private void put(WriteBatch rows, RowFamily family, byte[] key, Optional<? extends MessageLite> row)
            throws RocksDBException {
        ColumnFamilyHandle handle = rocks.handle(family);
        if (row.isPresent()) {
            rows.put(handle, key, RowCodec.seal(key, row.get()));
        } else {
            rows.delete(handle, key);
        }
    }

    private interface Filling {
        void fill(WriteBatch batch) throws RocksDBException;
    }

    private boolean write(String what, Filling filling) {
        handles.readLock().lock();
        try (WriteBatch batch = new WriteBatch()) {
            refuseWhenClosed();
            filling.fill(batch);
            rocks.db().write(unsynced, batch);
            if (!problem.isEmpty()) {
                LOG.info("store writes again: folder={}", folder);
                problem = "";
            }
            return true;
        } catch (RocksDBException failed) {
            if (problem.isEmpty()) {
                LOG.error("store cannot write, goes on in memory: folder={} what={}", folder, what, failed);
            }
            problem = "the store in " + folder + " cannot write " + what + ": " + failed.getMessage();
            return false;
        } finally {
            handles.readLock().unlock();
        }
    }

    private void refuseWhenClosed() {
        if (isClosed) {
            throw new SnapshotStoreException("the store in " + folder + " is closed");
        }
    }
}
