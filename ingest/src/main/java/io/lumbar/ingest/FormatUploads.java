package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Upload;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what clients send in their own formats, by whatever transport. Thread-safe. */
final class FormatUploads {
  private static final Logger LOG = LoggerFactory.getLogger(FormatUploads.class);

  private final Funnel funnel;
  private final InstantSource clock;

  FormatUploads(Funnel funnel, InstantSource clock) {
    this.funnel = funnel;
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
   * @throws ApiException 400 when it cannot be understood and the client can bear to hear so, 503
   *     when the broker does not acknowledge
   */
  Taken take(Adapter adapter, Source source, byte[] body, Upload.Hints hints) {
    Findings findings = new Findings();
    try {
      adapter.read(new Upload(body, clock.instant(), hints), source, findings);
    } catch (ApiException e) {
      if (e.status() != 400 || !adapter.answer().isAlwaysTaken()) {
        throw e;
      }
      findings = new Findings();
      findings.refuse("", String.valueOf(e.getMessage()), body);
    }
    String greeting = findings.greeting();
    if (greeting != null) {
      LOG.info("device {} said hello ({})", source.device().id(), Spelling.clip(greeting));
    }
    return new Taken(funnel.accept(source, findings.elements()), findings.advice());
  }
}
