package io.lumbar.ingest.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came.
 *
 * @param body decompressed
 * @param now the server's time
 * @param hints what the client said beside the body
 */
@SuppressWarnings("ArrayRecordComponent") // one body on its way through one adapter
public record Upload(byte[] body, Instant now, Hints hints) {

  /** Query parameters and headers by name; null for one that was not sent. */
  @FunctionalInterface
  public interface Hints {
    @Nullable String of(String name);
  }
}
