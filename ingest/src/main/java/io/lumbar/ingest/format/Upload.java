package io.lumbar.ingest.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came.
 *
 * @param body decompressed
 * @param now the server's time
 * @param hints what the client said beside the body
 * @param tags whose tags may be heard
 * @param elements counts what is read before it is handed over
 */
@SuppressWarnings("ArrayRecordComponent") // one body on its way through one adapter
public record Upload(byte[] body, Instant now, Hints hints, Tags tags, ElementCount elements) {

  /** An upload of a client that hears no tags, with any number of elements. */
  public Upload(byte[] body, Instant now, Hints hints) {
    this(body, now, hints, mac -> null, new ElementCount(Integer.MAX_VALUE));
  }

  /** The wearer's registered Bluetooth tags by address; null for a stranger's. */
  @FunctionalInterface
  public interface Tags {
    @Nullable Sender of(String mac);
  }

  /** Query parameters and headers by name; null for one that was not sent. */
  @FunctionalInterface
  public interface Hints {
    @Nullable String of(String name);
  }
}
