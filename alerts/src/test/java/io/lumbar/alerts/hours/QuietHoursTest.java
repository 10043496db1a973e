package io.lumbar.alerts.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    // an ordinary night in Berlin, UTC+1
    "22:00, 07:00, 2026-03-02T20:59:59Z, ",
    "22:00, 07:00, 2026-03-02T21:00:00Z, 2026-03-03T06:00:00Z",
    "22:00, 07:00, 2026-03-03T05:59:59Z, 2026-03-03T06:00:00Z",
    "22:00, 07:00, 2026-03-03T06:00:00Z, ",
    // within a day
    "12:00, 13:00, 2026-03-02T11:30:00Z, 2026-03-02T12:00:00Z",
    "12:00, 13:00, 2026-03-02T12:00:00Z, ",
    // clocks jump from 02:00 to 03:00 on 29 March: the night is an hour shorter
    "22:00, 07:00, 2026-03-29T04:59:59Z, 2026-03-29T05:00:00Z",
    "22:00, 07:00, 2026-03-29T05:00:00Z, ",
    "22:00, 02:30, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
    "22:00, 02:30, 2026-03-29T01:00:00Z, ",
    "02:30, 03:15, 2026-03-29T01:05:00Z, 2026-03-29T01:15:00Z",
    // clocks go back from 03:00 to 02:00 on 25 October: both passes of the hour are quiet
    "22:00, 07:00, 2026-10-25T05:59:59Z, 2026-10-25T06:00:00Z",
    "22:00, 02:30, 2026-10-25T00:45:00Z, 2026-10-25T01:30:00Z",
    "22:00, 02:30, 2026-10-25T01:15:00Z, 2026-10-25T01:30:00Z",
    "22:00, 02:30, 2026-10-25T01:30:00Z, ",
    "02:30, 04:00, 2026-10-25T00:30:00Z, 2026-10-25T03:00:00Z",
    "22:00, 22:00, 2026-03-02T21:30:00Z, "
  })
  void endsWhenTheClockOnTheWallSaysSo(String from, String to, Instant instant, Instant end) {
    QuietHours quiet =
        new QuietHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of("Europe/Berlin"));
    assertThat(quiet.endAt(instant).orElse(null)).isEqualTo(end);
  }
}
