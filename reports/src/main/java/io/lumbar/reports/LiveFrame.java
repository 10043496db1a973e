package io.lumbar.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A piece of the event stream as bytes, made once for all who listen. */
final class LiveFrame {
  /** How soon a client comes back, in milliseconds. */
  static final LiveFrame HELLO = new LiveFrame("retry: 2000\n\n");

  /** A comment, which clients ignore. */
  static final LiveFrame HEARTBEAT = new LiveFrame(": still here\n\n");

  private final byte[] bytes;

  private LiveFrame(String text) {
    bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * An event with one line of JSON.
   *
   * @param id what a client sends back as Last-Event-ID, or null to leave its last one
   */
  static LiveFrame event(String name, @Nullable String id, Object data) {
    try {
      String json = Json.mapper().writeValueAsString(data);
      String head = id == null ? "" : "id: " + id + "\n";
      return new LiveFrame(head + "event: " + name + "\ndata: " + json + "\n\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + data.getClass().getSimpleName(), e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
