package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.WearerSettings;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietUntilTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Awake from seven; the clocks go forward on 29 March. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T22:30, 2026-03-03T07:00",
    "2026-03-02T23:59, 2026-03-03T07:00",
    "2026-03-03T00:30, 2026-03-03T07:00",
    "2026-03-03T05:00, 2026-03-03T07:00",
    "2026-03-03T05:01, 2026-03-04T07:00",
    "2026-03-03T07:00, 2026-03-04T07:00",
    "2026-03-29T00:30, 2026-03-29T07:00",
    "2026-03-28T23:30, 2026-03-29T07:00"
  })
  void tomorrowAfterMidnightIsThisMorning(LocalDateTime now, LocalDateTime expected) {
    WearerSettings settings =
        new WearerSettings(30, 15, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null);
    assertThat(QuietUntil.tomorrow(now.atZone(BERLIN).toInstant(), BERLIN, settings))
        .isEqualTo(expected.atZone(BERLIN).toInstant());
  }
}
