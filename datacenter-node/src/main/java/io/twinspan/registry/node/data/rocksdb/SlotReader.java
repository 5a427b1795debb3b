package io.twinspan.registry.node.data.rocksdb;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.node.data.SlotSnapshot;
import io.twinspan.registry.node.data.rocksdb.proto.CeilingRow;
import io.twinspan.registry.node.data.rocksdb.proto.DatumRow;
import io.twinspan.registry.node.data.rocksdb.proto.PublisherRow;
import io.twinspan.registry.node.data.rocksdb.proto.TombstoneRow;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Puts the rows of one slot together again. Rows of a datum lie side by side, so its name is read once, and what registrations
 * have in common (owner, zone, application, client) becomes one object as it was before the restart. Use once.
 */
final class SlotReader {
    private static final class Parts {
        private final RowKeys.Name name;
        private DatumVersion version = DatumVersion.NONE;
        private long confirmedMillis;
        private Map<DatacenterId, DatumVersion> after = Map.of();
        private final List<Publisher> publishers = new ArrayList<>();
        private final List<Tombstone> tombstones = new ArrayList<>();

        Parts(RowKeys.Name name) {
            this.name = name;
        }
    }

    /** What is done with one row. */
    private interface Row<T> {
        void take(Parts parts, String registration, T row);
    }

    private final RocksDbFolder rocks;
    private final SlotId slot;
    private final SharedParts shared = new SharedParts();
    private final Map<RowKeys.Name, Parts> datums = new LinkedHashMap<>();

    SlotReader(RocksDbFolder rocks, SlotId slot) {
        this.rocks = rocks;
        this.slot = slot;
    }

    /**
     * Reads the whole slot.
     *
     * @throws IllegalArgumentException when a row is damaged
     */
    SlotSnapshot read() throws RocksDBException {
        read(RowFamily.DATUM, DatumRow.parser(), (parts, none, row) -> {
            parts.version = new DatumVersion(row.getVersion());
            parts.confirmedMillis = row.getConfirmedMillis();
            parts.after = RowCodec.after(row.getAfterList());
        });
        read(
                RowFamily.PUBLISHER,
                PublisherRow.parser(),
                (parts, id, row) -> parts.publishers.add(RowCodec.publisher(id, row, shared)));
        read(
                RowFamily.TOMBSTONE,
                TombstoneRow.parser(),
                (parts, id, row) -> parts.tombstones.add(RowCodec.tombstone(id, row)));
        List<Datum> whole = new ArrayList<>(datums.size());
        Map<DatumKey, Long> words = new HashMap<>();
        for (Parts parts : datums.values()) {
            whole.add(Datum.of(
                            parts.name.datacenter(),
                            parts.name.service(),
                            parts.version,
                            parts.publishers,
                            parts.tombstones)
                    .following(parts.after));
            if (parts.confirmedMillis > 0) {
                words.put(new DatumKey(parts.name.datacenter(), parts.name.service()), parts.confirmedMillis);
            }
        }
        return new SlotSnapshot(ceiling(), whole, words);
    }

    private DatumVersion ceiling() throws RocksDBException {
        byte[] key = RowKeys.ofSlot(slot);
        byte[] value = rocks.db().get(rocks.handle(RowFamily.CEILING), key);
        return value == null
                ? DatumVersion.NONE
                : new DatumVersion(
                        RowCodec.open(key, value, CeilingRow.parser()).getCeiling());
    }

    private <T extends MessageLite> void read(RowFamily family, Parser<T> parser, Row<T> each) throws RocksDBException {
        byte[] name = new byte[0];
        @Nullable Parts parts = null;
        try (ReadOptions once = new ReadOptions().setFillCache(false);
                RocksIterator rows = rocks.db().newIterator(rocks.handle(family), once)) {
            for (rows.seek(RowKeys.ofSlot(slot)); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                if (!RowKeys.slotOf(key).equals(slot)) {
                    break;
                }
                T row = RowCodec.open(key, rows.value(), parser);
                int length = RowKeys.nameLength(key);
                if (parts == null || !Arrays.equals(name, 0, name.length, key, 0, length)) {
                    name = Arrays.copyOf(key, length);
                    parts = datums.computeIfAbsent(RowKeys.parseName(key), Parts::new);
                }
                each.take(parts, RowKeys.registrationOf(key, length), row);
            }
            rows.status();
        }
    }
}
