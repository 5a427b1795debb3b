package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.slot.SlotId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads every row of a store once and looks at its checksum, slots side by side, without making an object of any. */
final class RowCheck {
    /** The checksum of a row is wrong. */
    static final long DAMAGED = -1;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int READ_AHEAD_BYTES = 1 << 20;

    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;

    RowCheck(RocksDB db, List<ColumnFamilyHandle> families) {
        this.db = db;
        this.families = List.copyOf(families);
    }

    /**
     * How many rows there are, or {@link #DAMAGED}.
     *
     * @throws RocksDBException when a file cannot be read
     */
    long rows(int threads) throws RocksDBException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int from = i * SlotId.COUNT / threads;
                int to = (i + 1) * SlotId.COUNT / threads;
                parts.add(pool.submit(() -> rows(from, to)));
            }
            long rows = 0;
            for (Future<Long> part : parts) {
                long some = part.get();
                if (some == DAMAGED) {
                    return DAMAGED;
                }
                rows += some;
            }
            return rows;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RocksDBException broken) {
                throw broken;
            }
            throw new IllegalStateException("rows cannot be checked", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were checked", interrupted);
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    /** Rows whose first byte is from the first and below the second number. */
    private long rows(int from, int to) throws RocksDBException {
        long rows = 0;
        ByteBuffer key = ByteBuffer.allocateDirect(BUFFER_BYTES);
        ByteBuffer value = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (ReadOptions once =
                new ReadOptions().setFillCache(false).setVerifyChecksums(true).setReadaheadSize(READ_AHEAD_BYTES)) {
            for (ColumnFamilyHandle family : families) {
                try (RocksIterator each = db.newIterator(family, once)) {
                    for (each.seek(new byte[] {(byte) from}); each.isValid(); each.next()) {
                        key.clear();
                        each.key(key);
                        if ((key.get(0) & 0xff) >= to) {
                            break;
                        }
                        value.clear();
                        int length = each.value(value);
                        if (length > value.capacity()) {
                            value = ByteBuffer.allocateDirect(length);
                            each.value(value);
                        }
                        if (!RowCodec.isSound(key, value)) {
                            return DAMAGED;
                        }
                        rows++;
                    }
                    each.status();
                }
            }
        }
        return rows;
    }

    /** The native handles are closed next: nobody may be using them then. */
    private static void awaitEnd(ExecutorService pool) {
        boolean isInterrupted = false;
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
