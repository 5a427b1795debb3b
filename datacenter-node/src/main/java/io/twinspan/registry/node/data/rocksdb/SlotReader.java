package io.twinspan.registry.node.data.rocksdb;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Puts the rows of one slot together again. */
final class SlotReader {
    private record Name(DatacenterId datacenter, DataInfoId service) {}

    private static final class Parts {
        private DatumVersion version = DatumVersion.NONE;
        private final List<Publisher> publishers = new ArrayList<>();
        private final List<Tombstone> tombstones = new ArrayList<>();
    }

    private final RocksDbFolder rocks;
    private final Map<Name, Parts> datums = new LinkedHashMap<>();

    SlotReader(RocksDbFolder rocks) {
        this.rocks = rocks;
    }

    /**
     * Reads a whole slot.
     *
     * @throws IllegalArgumentException when a row is damaged
     */
    SlotSnapshot read(SlotId slot) throws RocksDBException {
        read(
                slot,
                RowFamily.DATUM,
                DatumRow.parser(),
                (key, row) -> parts(key).version = new DatumVersion(row.getVersion()));
        read(
                slot,
                RowFamily.PUBLISHER,
                PublisherRow.parser(),
                (key, row) -> parts(key).publishers.add(RowCodec.publisher(key.registration(), row)));
        read(
                slot,
                RowFamily.TOMBSTONE,
                TombstoneRow.parser(),
                (key, row) -> parts(key).tombstones.add(RowCodec.tombstone(key.registration(), row)));
        List<Datum> whole = new ArrayList<>();
        datums.forEach((name, parts) -> whole.add(
                Datum.of(name.datacenter(), name.service(), parts.version, parts.publishers, parts.tombstones)));
        return new SlotSnapshot(ceiling(slot), whole);
    }

    private DatumVersion ceiling(SlotId slot) throws RocksDBException {
        byte[] key = RowKeys.ofSlot(slot);
        byte[] value = rocks.db().get(rocks.handle(RowFamily.CEILING), key);
        return value == null
                ? DatumVersion.NONE
                : new DatumVersion(
                        RowCodec.open(key, value, CeilingRow.parser()).getCeiling());
    }

    private <T extends MessageLite> void read(
            SlotId slot, RowFamily family, Parser<T> parser, BiConsumer<RowKeys.Key, T> each) throws RocksDBException {
        try (ReadOptions once = new ReadOptions().setFillCache(false);
                RocksIterator rows = rocks.db().newIterator(rocks.handle(family), once)) {
            for (rows.seek(RowKeys.ofSlot(slot)); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                if (!RowKeys.slotOf(key).equals(slot)) {
                    break;
                }
                each.accept(RowKeys.parse(key), RowCodec.open(key, rows.value(), parser));
            }
            rows.status();
        }
    }

    private Parts parts(RowKeys.Key key) {
        return datums.computeIfAbsent(new Name(key.datacenter(), key.service()), name -> new Parts());
    }
}
