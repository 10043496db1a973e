package io.lumbar.ingest;

import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.ingest.format.ElementCount;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes native uploads, by whatever transport. Thread-safe. */
final class NativeUploads {
  private final Funnel funnel;
  private final UploadBook book;
  private final InstantSource clock;
  private final int maxBodyBytes;

  NativeUploads(Funnel funnel, UploadBook book, InstantSource clock, int maxBodyBytes) {
    this.funnel = funnel;
    this.book = book;
    this.clock = clock;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Reads a whole body into its elements. */
  @FunctionalInterface
  interface Reader {
    List<Element> read(byte[] body, ElementCount count);
  }

  /**
   * Keeps what can be kept of an upload by HTTP.
   *
   * @throws ApiException 4xx when it is refused whole, which counts as one element and leaves a
   *     dead letter; 503 when the broker does not acknowledge
   */
  Receipt take(Context ctx, Source source, String format, Reader reader) {
    byte @Nullable [] body = null;
    ElementCount count = funnel.elementCount(source);
    Bodies.onceAnswered(ctx, count::close);
    try {
      body = Bodies.read(ctx, maxBodyBytes);
      return keep(source, format, body, count, reader);
    } catch (ApiException e) {
      funnel.refuseWhole(source, format, e, body);
      throw e;
    }
  }

  /**
   * Keeps what can be kept of an upload, and returns once the broker has acknowledged it. One
   * without a body tests the connection.
   *
   * @throws ApiException 4xx when it cannot be read, of which no dead letter was written yet; 503
   *     when the broker does not acknowledge
   */
  Receipt keep(Source source, String format, byte[] body, ElementCount count, Reader reader) {
    Instant now = clock.instant();
    if (body.length == 0) {
      book.hello(source.device().id(), format, now, UploadBook.EMPTY_BODY);
      return funnel.accept(source, format, List.of());
    }
    Receipt receipt = funnel.accept(source, format, reader.read(body, count));
    book.upload(source.device().id(), format, now, null);
    return receipt;
  }
}
