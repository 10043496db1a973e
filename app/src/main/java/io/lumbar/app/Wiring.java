package io.lumbar.app;

import io.lumbar.app.fault.UserMistake;
import java.util.List;
import java.util.function.Consumer;

/** Builds the parts of a process and starts them; the only place that knows them all. */
@FunctionalInterface
public interface Wiring {

  /**
   * Starts the parts in the order of the data: registry, ingest, streams, history writer, live
   * feed, HTTP server last, so that nobody is answered before everything can answer.
   *
   * @param fault takes one sentence when, after the start, a part has ended for good, so that this
   *     process should end too
   * @throws UserMistake when a person can put right what stops it; then nothing is left running
   */
  Running start(Site site, Consumer<String> fault);

  /** The started parts. */
  interface Running extends AutoCloseable {
    /** The port that HTTP was bound to. */
    int port();

    /** Path of the page with a one-time sign-in, such as {@code /?code=…}. */
    String signInPath();

    /** Methods and paths that HTTP answers, such as {@code GET /api/v1/wearers/{wearer}/now}. */
    List<String> endpoints();

    /** Stops in the reverse order, within 8 s. */
    @Override
    void close();
  }
}
