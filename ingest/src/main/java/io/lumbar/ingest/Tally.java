package io.lumbar.ingest;

import java.util.concurrent.atomic.LongAdder;

/** Counts receipts. Thread-safe; a reading between two additions still adds up. */
final class Tally {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder duplicate = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  void add(Receipt receipt) {
    accepted.add(receipt.accepted());
    duplicate.add(receipt.duplicate());
    ignored.add(receipt.ignored());
    rejected.add(receipt.rejected().size());
  }

  IngestCounters read() {
    long a = accepted.sum();
    long d = duplicate.sum();
    long i = ignored.sum();
    long r = rejected.sum();
    return new IngestCounters(a + d + i + r, a, d, i, r);
  }
}
