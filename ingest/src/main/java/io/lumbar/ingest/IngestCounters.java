package io.lumbar.ingest;

/**
 * What was uploaded since the start, in elements; {@code received} is the sum of the other four.
 */
public record IngestCounters(
    long received, long accepted, long duplicate, long ignored, long rejected) {}
