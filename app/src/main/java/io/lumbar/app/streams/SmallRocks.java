package io.lumbar.app.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory that RocksDB takes outside the heap: one budget for all stores of the process.
 * The defaults are 50 MB of block cache and 48 MB of write buffers for each store and partition.
 * Kafka makes it.
 */
public final class SmallRocks implements RocksDBConfigSetter {
  private static final long TOTAL = 24L << 20;
  private static final long WRITE_BUFFERS = 12L << 20;
  private static final long WRITE_BUFFER = 2L << 20;

  static {
    RocksDB.loadLibrary();
  }

  // Write buffers are charged to the cache, so TOTAL bounds both. Never closed: they are shared by
  // all stores and live as long as the process.
  private static final LRUCache CACHE = new LRUCache(TOTAL, -1, false, 0.1);
  private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setMaxWriteBufferNumber(2);
    // What was deleted lies in older files until they are written anew.
    options.setPeriodicCompactionSeconds(Duration.ofDays(1).toSeconds());
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String store, Options options) {}
}
