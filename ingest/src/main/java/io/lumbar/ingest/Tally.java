package io.lumbar.ingest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts receipts by format. Thread-safe; a reading between two additions still adds up. */
final class Tally {
  private final Map<String, Sums> byFormat = new LinkedHashMap<>();

  /** Counts uploads and files of some formats, and of no others. */
  Tally(Collection<String> formats) {
    formats.forEach(format -> byFormat.put(format, new Sums()));
  }

  void add(String format, Receipt receipt) {
    Sums sums = byFormat.get(format);
    if (sums == null) {
      throw new IllegalArgumentException("no format is named " + format);
    }
    sums.add(receipt);
  }

  /** Of one format. */
  IngestCounters read(String format) {
    Sums sums = byFormat.get(format);
    return sums == null ? IngestCounters.NONE : sums.read();
  }

  /** Of all formats together. */
  IngestCounters read() {
    return byFormat.values().stream()
        .map(Sums::read)
        .reduce(IngestCounters.NONE, IngestCounters::plus);
  }

  Collection<String> formats() {
    return byFormat.keySet();
  }

  private static final class Sums {
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
}
