package io.lumbar.ingest;

import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.ingest.format.ElementCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes native uploads by HTTP. Thread-safe. */
final class NativeUploads {
  private final Funnel funnel;
  private final int maxBodyBytes;

  NativeUploads(Funnel funnel, int maxBodyBytes) {
    this.funnel = funnel;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Reads a whole body into its elements. */
  @FunctionalInterface
  interface Reader {
    List<Element> read(byte[] body, ElementCount count);
  }

  /**
   * Keeps what can be kept of an upload.
   *
   * @throws ApiException 4xx when it is refused whole, which counts as one element and leaves a
   *     dead letter; 503 when the broker does not acknowledge
   */
  Receipt take(Context ctx, Source source, String format, Reader reader) {
    byte @Nullable [] body = null;
    List<Element> elements;
    ElementCount count = funnel.elementCount(source);
    Bodies.onceAnswered(ctx, count::close);
    try {
      body = Bodies.read(ctx, maxBodyBytes);
      elements = reader.read(body, count);
    } catch (ApiException e) {
      funnel.refuseWhole(source, format, e, body);
      throw e;
    }
    return funnel.accept(source, format, elements);
  }
}
