/**
 * The data role's store on RocksDB, the only package that knows it. One row a publisher, tombstone, datum version and ceiling,
 * each with a checksum over key and value; changes are written behind by one thread, at most 50 ms late, with the write-ahead log
 * on and without fsync, so that they survive the process though not the machine. Reached only as
 * {@link io.twinspan.registry.node.data.SnapshotStore}.
 */
@NullMarked
package io.twinspan.registry.node.data.rocksdb;

import org.jspecify.annotations.NullMarked;
