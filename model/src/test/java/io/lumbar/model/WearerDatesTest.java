package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Wearer.ZoneFrom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WearerDatesTest {
  private static final List<ZoneId> ZONES =
      List.of(
              "Europe/Berlin",
              "Asia/Tokyo",
              "America/New_York",
              "America/Sao_Paulo",
              "America/St_Johns",
              "America/Havana",
              "Australia/Lord_Howe",
              "Asia/Kathmandu",
              "Pacific/Apia",
              "Pacific/Kiritimati",
              "Pacific/Honolulu",
              "Africa/Cairo")
          .stream()
          .map(ZoneId::of)
          .toList();

  private static final LocalDate DAY = LocalDate.of(2026, 7, 10);

  private static WearerDates of(String home, Object... flights) {
    List<ZoneFrom> zones = new ArrayList<>(List.of(new ZoneFrom(ZoneId.of(home), Instant.EPOCH)));
    for (int i = 0; i < flights.length; i += 2) {
      zones.add(
          new ZoneFrom(
              ZoneId.of((String) flights[i]), Instant.parse("2026-07-" + flights[i + 1] + "Z")));
    }
    return new WearerDates(zones);
  }

  private static double hours(WearerDates dates, LocalDate date) {
    return Duration.between(dates.begin(date), dates.end(date)).toMinutes() / 60.0;
  }

  @Test
  void aDayWithAFlightToTheEastIsShorter() {
    // 14:00 in Berlin, 21:00 in Tokyo.
    WearerDates dates = of("Europe/Berlin", "Asia/Tokyo", "10T12:00:00");
    assertThat(dates.begin(DAY)).isEqualTo(Instant.parse("2026-07-09T22:00:00Z"));
    assertThat(dates.end(DAY)).isEqualTo(Instant.parse("2026-07-10T15:00:00Z"));
    assertThat(dates.zoneOf(DAY)).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(dates.isCalendarDay(DAY)).isFalse();
    assertThat(dates.isCalendarDay(DAY.plusDays(1))).isTrue();
    assertThat(dates.parts(DAY)).extracting(part -> part.zone().getId()).hasSize(2);
  }

  @Test
  void whoArrivesOnTheNextDateBeginsItThen() {
    // 22:00 in Berlin, 5:00 of the next date in Tokyo.
    WearerDates dates = of("Europe/Berlin", "Asia/Tokyo", "10T20:00:00");
    assertThat(hours(dates, DAY)).isEqualTo(22);
    assertThat(dates.zoneOf(DAY)).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(dates.begin(DAY.plusDays(1))).isEqualTo(Instant.parse("2026-07-10T20:00:00Z"));
    assertThat(hours(dates, DAY.plusDays(1))).isEqualTo(19);
  }

  @Test
  void aDayWithAFlightToTheWestIsLonger() {
    // 19:00 in Tokyo, 12:00 in Berlin.
    WearerDates dates = of("Asia/Tokyo", "Europe/Berlin", "10T10:00:00");
    assertThat(hours(dates, DAY)).isEqualTo(31);
    assertThat(dates.parts(DAY))
        .containsExactly(
            new WearerDates.Part(
                ZoneId.of("Asia/Tokyo"),
                Instant.parse("2026-07-09T15:00:00Z"),
                Instant.parse("2026-07-10T10:00:00Z")),
            new WearerDates.Part(
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-07-10T10:00:00Z"),
                Instant.parse("2026-07-10T22:00:00Z")));
  }

  @Test
  void whoFliesBackOverMidnightStaysInTheDateThatHasBegun() {
    // 1:00 of the 11th in Tokyo, 18:00 of the 10th in Berlin.
    WearerDates dates = of("Asia/Tokyo", "Europe/Berlin", "10T16:00:00");
    assertThat(hours(dates, DAY)).isEqualTo(24);
    assertThat(dates.at(Instant.parse("2026-07-10T16:00:00Z"))).isEqualTo(DAY.plusDays(1));
    assertThat(hours(dates, DAY.plusDays(1))).isEqualTo(31);
  }

  @Test
  void aDateThatIsFlownOverHasNoTime() {
    // The midnight before the 11th in Honolulu is that before the 12th on Kiritimati.
    WearerDates over = of("Pacific/Honolulu", "Pacific/Kiritimati", "11T10:00:00");
    assertThat(hours(over, DAY)).isEqualTo(24);
    assertThat(hours(over, DAY.plusDays(1))).isEqualTo(0);
    assertThat(over.parts(DAY.plusDays(1))).isEmpty();
    assertThat(over.at(Instant.parse("2026-07-11T10:00:00Z"))).isEqualTo(DAY.plusDays(2));
    WearerDates back = of("Pacific/Kiritimati", "Pacific/Honolulu", "10T12:00:00");
    assertThat(hours(back, DAY.plusDays(1))).isEqualTo(48);
  }

  @Test
  void aDateThatTheZoneSkipsHasNoTime() {
    WearerDates apia = WearerDates.of(ZoneId.of("Pacific/Apia"));
    assertThat(hours(apia, LocalDate.of(2011, 12, 30))).isEqualTo(0);
    assertThat(hours(apia, LocalDate.of(2011, 12, 31))).isEqualTo(24);
  }

  @Test
  void daysOfChangingClocksHave23And25Hours() {
    WearerDates berlin = WearerDates.of(ZoneId.of("Europe/Berlin"));
    assertThat(hours(berlin, LocalDate.of(2026, 3, 29))).isEqualTo(23);
    assertThat(hours(berlin, LocalDate.of(2026, 10, 25))).isEqualTo(25);
  }

  /** A year and a zone by a number, so that a failure shrinks. */
  @Property(tries = 1_000)
  void withoutAChangeOfZoneTheyAreTheCalendar(
      @ForAll @IntRange(max = 11) int zone, @ForAll @IntRange(min = 14_000, max = 21_000) int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    WearerDates dates = WearerDates.of(ZONES.get(zone));
    assertThat(dates.begin(date)).isEqualTo(date.atStartOfDay(ZONES.get(zone)).toInstant());
    assertThat(dates.isCalendarDay(date) || dates.parts(date).isEmpty()).isTrue();
    assertThat(dates.zoneOf(date)).isEqualTo(ZONES.get(zone));
  }

  /** Against a label for each minute: the latest date that it has been by then. */
  @Property(tries = 300)
  void everyInstantBelongsToExactlyOneDate(@ForAll long seed) {
    Random random = new Random(seed);
    LocalDate first = LocalDate.of(2009, 1, 1).plusDays(random.nextInt(6_500));
    Instant start = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    int minutes = 6 * 1_440;
    List<ZoneFrom> zones = new ArrayList<>();
    zones.add(new ZoneFrom(ZONES.get(random.nextInt(ZONES.size())), Instant.EPOCH));
    random
        .ints(random.nextInt(5), 1_440, 4 * 1_440)
        .sorted()
        .distinct()
        .forEach(
            minute ->
                zones.add(
                    new ZoneFrom(
                        ZONES.get(random.nextInt(ZONES.size())),
                        start.plus(Duration.ofMinutes(minute)))));
    WearerDates dates = new WearerDates(zones);
    Map<LocalDate, Integer> lengths = new HashMap<>();
    LocalDate latest = first.minusDays(3);
    for (int minute = 0; minute < minutes; minute++) {
      Instant at = start.plus(Duration.ofMinutes(minute));
      LocalDate there = LocalDateTime.ofInstant(at, Wearer.zoneAt(zones, at)).toLocalDate();
      latest = there.isAfter(latest) ? there : latest;
      lengths.merge(latest, 1, Integer::sum);
      if (minute % 7 == 0) {
        assertThat(dates.at(at)).as("%s at %s", zones, at).isEqualTo(latest);
      }
    }
    Instant next = dates.begin(first.minusDays(1));
    for (LocalDate date = first.minusDays(1); date.isBefore(first.plusDays(8)); ) {
      assertThat(dates.begin(date)).as("begin of %s", date).isEqualTo(next);
      assertThat(dates.end(date)).isAfterOrEqualTo(next);
      if (date.isAfter(first) && date.isBefore(first.plusDays(4))) {
        assertThat(Duration.between(dates.begin(date), dates.end(date)).toMinutes())
            .as("minutes of %s with %s", date, zones)
            .isEqualTo((long) lengths.getOrDefault(date, 0));
      }
      Duration parts =
          dates.parts(date).stream()
              .map(part -> Duration.between(part.from(), part.to()))
              .reduce(Duration.ZERO, Duration::plus);
      assertThat(parts).isEqualTo(Duration.between(dates.begin(date), dates.end(date)));
      next = dates.end(date);
      date = date.plusDays(1);
    }
  }
}
