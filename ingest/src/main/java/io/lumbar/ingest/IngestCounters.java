package io.lumbar.ingest;

/**
 * What was uploaded since the start, in elements; {@code received} is the sum of the other four.
 */
public record IngestCounters(
    long received, long accepted, long duplicate, long ignored, long rejected) {
  static final IngestCounters NONE = new IngestCounters(0, 0, 0, 0, 0);

  IngestCounters plus(IngestCounters other) {
    return new IngestCounters(
        received + other.received,
        accepted + other.accepted,
        duplicate + other.duplicate,
        ignored + other.ignored,
        rejected + other.rejected);
  }
}
