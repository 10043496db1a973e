package io.lumbar.analytics.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WakingHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate SPRING = LocalDate.of(2026, 3, 29);

  @Test
  void aDayOfTheClockHasThemAsTheyAreSet() {
    assertThat(WakingHours.of(settings("07:00", "22:00"), WearerDates.of(BERLIN), SPRING))
        .containsExactly(span("2026-03-29T05:00:00Z", "2026-03-29T20:00:00Z"));
  }

  @Test
  void overMidnightThereAreTwo() {
    assertThat(WakingHours.of(settings("15:00", "06:00"), WearerDates.of(BERLIN), SPRING))
        .containsExactly(
            span("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z"),
            span("2026-03-29T13:00:00Z", "2026-03-29T22:00:00Z"));
  }

  @Test
  void hoursThatSpringSkipsAreNone() {
    assertThat(WakingHours.of(settings("02:30", "03:00"), WearerDates.of(BERLIN), SPRING))
        .isEmpty();
  }

  private static WearerSettings settings(String from, String to) {
    return new WearerSettings(30, 15, LocalTime.parse(from), LocalTime.parse(to), null, null);
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
  }
}
