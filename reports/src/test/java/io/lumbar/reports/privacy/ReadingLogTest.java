package io.lumbar.reports.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.http.Principal;
import io.lumbar.model.WearerId;
import io.lumbar.reports.testing.InMemoryHistory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadingLogTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Instant NOW = Instant.parse("2026-03-02T08:10:00Z");

  private final InMemoryHistory history = new InMemoryHistory();

  @Test
  void dropsWhatTheHistoryRefusesAndGoesOn() {
    try (ReadingLog log = new ReadingLog(history, () -> NOW)) {
      history.refuses = true;
      log.note(ANNA, Principal.Kind.OWNER, "days");
      log.flush();

      history.refuses = false;
      log.flush();
      assertThat(history.readings(ANNA, NOW, NOW)).isEmpty();

      log.note(ANNA, Principal.Kind.OWNER, "days");
      log.flush();
      assertThat(history.readings(ANNA, NOW, NOW)).extracting(Reading::times).containsExactly(2L);
    }
  }
}
