package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Follows an import until it ends, with a bar on standard error where a person watches. */
final class ImportProgress implements AutoCloseable {
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final int WHOLE = 1000;

  private final @Nullable ProgressBar bar;

  private ImportProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static ImportProgress on(Path file, boolean visible) {
    if (!visible) {
      return new ImportProgress(null);
    }
    return new ImportProgress(
        new ProgressBarBuilder()
            .setTaskName(String.valueOf(file.getFileName()))
            .setInitialMax(WHOLE)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .clearDisplayOnFinish()
            .build());
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
      if (bar != null) {
        bar.stepTo((long) (now.path("progress").asDouble() * WHOLE));
        bar.setExtraMessage(state);
      }
      Thread.sleep(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
