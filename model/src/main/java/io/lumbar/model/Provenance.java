package io.lumbar.model;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * How a record of an input topic came, as its header {@code provenance} says: what is imported may
 * build days that are long closed for what comes live. A record without the header came live.
 */
public enum Provenance {
  LIVE,
  IMPORT;

  private static final String NAME = "provenance";

  /** The header that says so. */
  public Header header() {
    return new RecordHeader(NAME, WireName.of(this).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the header; what this version does not know counts as live. */
  public static Provenance of(Headers headers) {
    Header header = headers.lastHeader(NAME);
    boolean imported =
        header != null
            && new String(header.value(), StandardCharsets.UTF_8).equals(WireName.of(IMPORT));
    return imported ? IMPORT : LIVE;
  }
}
