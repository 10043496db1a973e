package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Follows an import until it ends. On standard error stands a bar where a person watches, and else,
 * as in a log, a line from time to time.
 */
final class ImportProgress implements AutoCloseable {
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final int WHOLE = 1000;

  private final Shown shown;

  private ImportProgress(Shown shown) {
    this.shown = shown;
  }

  /** What tells of the state of an import. */
  private interface Shown extends AutoCloseable {
    void state(JsonNode now);

    @Override
    void close();
  }

  /**
   * Follows the import of a file.
   *
   * @param terminal whether a person watches standard error
   */
  static ImportProgress on(Path file, PrintWriter err, boolean terminal) {
    String name = String.valueOf(file.getFileName());
    return new ImportProgress(terminal ? new Bar(name) : new Lines(name, err, System::nanoTime));
  }

  /** The import's last state: done or failed. */
  JsonNode follow(ApiClient client, String id) throws InterruptedException {
    long wait = FIRST_WAIT_MILLIS;
    while (true) {
      JsonNode now = client.get("/api/v1/imports/" + ApiClient.encode(id));
      String state = now.path("state").asText();
      if (state.equals("done") || state.equals("failed")) {
        return now;
      }
      shown.state(now);
      Thread.sleep(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    }
  }

  @Override
  public void close() {
    shown.close();
  }

  private static final class Bar implements Shown {
    private final ProgressBar bar;

    Bar(String file) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(file)
              .setInitialMax(WHOLE)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .hideEta()
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void state(JsonNode now) {
      bar.stepTo((long) (now.path("progress").asDouble() * WHOLE));
      bar.setExtraMessage(now.path("state").asText());
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line each ten seconds; an import that takes less prints none. */
  static final class Lines implements Shown {
    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final String file;
    private final PrintWriter err;
    private final LongSupplier nanos;
    private long last;

    /**
     * For one import.
     *
     * @param nanos the time, as {@link System#nanoTime} tells it
     */
    Lines(String file, PrintWriter err, LongSupplier nanos) {
      this.file = file;
      this.err = err;
      this.nanos = nanos;
      this.last = nanos.getAsLong();
    }

    @Override
    public void state(JsonNode now) {
      long at = nanos.getAsLong();
      if (at - last < EVERY) {
        return;
      }
      last = at;
      err.printf(
          Locale.ROOT,
          "%s: %s, %.0f %%, %d rows%n",
          file,
          now.path("state").asText(),
          // What is not over is not whole.
          Math.min(99, Math.floor(100 * now.path("progress").asDouble())),
          now.path("rows").asLong());
      err.flush();
    }

    @Override
    public void close() {
      err.flush();
    }
  }
}
