package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Takes what clients send in their own formats, by whatever transport. Thread-safe. */
final class FormatUploads {
  private final Funnel funnel;
  private final Registry registry;
  private final UploadBook book;
  private final InstantSource clock;

  FormatUploads(Funnel funnel, Registry registry, UploadBook book, InstantSource clock) {
    this.funnel = funnel;
    this.registry = registry;
    this.book = book;
    this.clock = clock;
  }

  /**
   * What became of an upload.
   *
   * @param advice a sentence for the client's user, or null
   */
  record Taken(Receipt receipt, @Nullable String advice) {}

  /**
   * Keeps what can be kept of an upload and returns once the broker has acknowledged it.
   *
   * @param count to be closed once the upload is answered
   * @throws ApiException 400 when it cannot be understood and the client can bear to hear so, 413
   *     for too many elements, both after a dead letter was written; 503 when the broker does not
   *     acknowledge or other uploads hold all the memory there is for them
   */
  Taken take(Adapter adapter, Source source, byte[] body, Upload.Hints hints, ElementCount count) {
    Findings findings = new Findings(count);
    Instant now = clock.instant();
    try {
      if (body.length == 0) {
        // Whatever the client, it tests the connection so.
        findings.hello(UploadBook.EMPTY_BODY);
      } else {
        adapter.read(
            new Upload(body, now, hints, mac -> tag(source, mac), count.another()),
            source,
            findings);
      }
    } catch (ApiException e) {
      if (e.status() != 400 || !adapter.answer().isAlwaysTaken()) {
        refuse(adapter, source, e, body);
        throw e;
      }
      findings = new Findings(count.another());
      findings.refuse("", String.valueOf(e.getMessage()), body);
    }
    String greeting = findings.greeting();
    if (greeting != null) {
      book.hello(source.device().id(), adapter.format(), now, greeting);
    }
    Receipt receipt = funnel.accept(source, adapter.format(), findings.elements());
    if (greeting == null) {
      book.upload(source.device().id(), adapter.format(), now, findings.message());
    }
    for (DeviceId tag : findings.heard(source.device().id())) {
      book.heard(tag, adapter.format(), now, source.device().id());
    }
    return new Taken(receipt, findings.advice());
  }

  /**
   * Counts an upload that is refused whole, and writes its dead letter.
   *
   * @param body as far as it was read, or null
   */
  void refuse(Adapter adapter, Source source, ApiException why, byte @Nullable [] body) {
    funnel.refuseWhole(source, adapter.format(), why, body);
  }

  /** To count the elements of one upload. */
  ElementCount elementCount(Source source) {
    return funnel.elementCount(source);
  }

  /** A tag of the same wearer; what strangers' tags say is nobody's business. */
  private @Nullable Source tag(Source source, String mac) {
    return registry
        .deviceByTag(source.wearer().id(), RegistryRoutes.tagHash(mac))
        .map(
            device ->
                new Source(
                    source.wearer(), device, source.zone(), source.where(), source.provenance()))
        .orElse(null);
  }
}
