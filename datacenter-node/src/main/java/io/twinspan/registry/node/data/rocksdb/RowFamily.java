package io.twinspan.registry.node.data.rocksdb;

import java.nio.charset.StandardCharsets;

/** The kinds of rows, each a column family of its own. The first is RocksDB's own and holds only the format. */
enum RowFamily {
    FORMAT("default"),
    CEILING("ceiling"),
    DATUM("datum"),
    PUBLISHER("publisher"),
    TOMBSTONE("tombstone");

    private final String columnFamily;

    RowFamily(String columnFamily) {
        this.columnFamily = columnFamily;
    }

    byte[] columnFamily() {
        return columnFamily.getBytes(StandardCharsets.UTF_8);
    }
}
