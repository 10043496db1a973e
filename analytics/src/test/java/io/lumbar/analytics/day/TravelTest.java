package io.lumbar.analytics.day;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.WRIST;
import static io.lumbar.analytics.Rig.ZONE;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.analytics.Rig.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Episode;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wearers of whom the registry says another zone while everything runs. */
class TravelTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @TempDir Path stateDir;

  private static Wearer atHome(WearerId id) {
    return new Wearer(
        id,
        id.value(),
        "hash",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  private static Stamp there(Stamp stamp) {
    return new Stamp(stamp.device(), stamp.placement(), TOKYO);
  }

  private static Wearer flying(String to, String time) {
    return atHome(ANNA).withZone(ZoneId.of(to), at(time));
  }

  private static PostureObservation lying(Stamp stamp, Instant from, Instant to) {
    return PostureObservation.span(stamp, Posture.LYING, from, to);
  }

  private static PostureObservation sitting(Instant from, Instant to) {
    return PostureObservation.span(THIGH, Posture.SITTING, from, to);
  }

  private static Instant hours(int fromMidnight) {
    return at("0:00").plus(Duration.ofHours(fromMidnight));
  }

  private static double minutes(DaySummary day) {
    return day.postureMinutes().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double length(DaySummary day) {
    return Duration.between(day.begin(), day.end()).toMinutes();
  }

  /** Sitting from the evening before to long after, in spans of whatever zone. */
  private static void live(Rig rig) {
    for (int hour = -4; hour < 80; hour += 4) {
      rig.upload(ANNA, sitting(hours(hour), hours(hour + 4)));
    }
    rig.rest();
  }

  @Test
  void whatComesAfterAFlightCountsInTheNextDateOnceItHasBegunThere() {
    try (Rig rig = new Rig(at("21:00"), stateDir)) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:20"));
      rig.rest();
      rig.set(flying("Asia/Tokyo", "16:30"));
      rig.upload(ANNA, span(there(THIGH), Posture.SITTING, "20:00", "20:25"));
      rig.rest();
      assertThat(rig.days(ANNA)).containsOnlyKeys(DAY, DAY.plusDays(1));
      assertThat(rig.days(ANNA).get(DAY).zone()).isEqualTo(ZONE);
      // 16:30 in Berlin is 0:30 of the next day there.
      assertThat(rig.days(ANNA).get(DAY).span()).isEqualTo(new TimeSpan(at("0:00"), at("16:30")));
      assertThat(rig.days(ANNA).get(DAY).sitting().minutes()).isEqualTo(20);
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).zone()).isEqualTo(TOKYO);
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).sitting().minutes()).isEqualTo(25);
    }
  }

  /** To Tokyo by day and by night, home from there, and over the date line both ways. */
  @ParameterizedTest
  @CsvSource({
    // 14:00 is 22:00 there; the day ends two hours later.
    "Asia/Tokyo, 14:00, 16, 24",
    // 16:30 is 0:30 there, of the next date.
    "Asia/Tokyo, 16:30, 16.5, 23.5",
    // 12:00 is 6:00 there.
    "America/New_York, 12:00, 30, 24",
    // 11:00 is 0:00 there, of the next date.
    "Pacific/Kiritimati, 11:00, 11, 24",
    "Pacific/Honolulu, 11:00, 35, 24",
  })
  void theMinutesOfEachDayAreItsLengthWhenTheFlightIsToldBeforehandOrLater(
      String to, String time, double first, double second) throws IOException {
    List<List<DaySummary>> told = new ArrayList<>();
    for (boolean later : List.of(false, true)) {
      Path folder = Files.createDirectories(stateDir.resolve("later-" + later));
      try (Rig rig = new Rig(hours(82), folder)) {
        rig.set(later ? atHome(ANNA) : flying(to, time));
        live(rig);
        if (later) {
          assertThat(length(rig.days(ANNA).get(DAY))).isEqualTo(24 * 60);
          rig.set(flying(to, time));
          rig.rest();
        }
        DaySummary day = rig.days(ANNA).get(DAY);
        DaySummary next = rig.days(ANNA).get(DAY.plusDays(1));
        assertThat(length(day)).as("told later: %s", later).isEqualTo(first * 60);
        assertThat(minutes(day)).isEqualTo(first * 60);
        assertThat(next.begin()).isEqualTo(day.end());
        assertThat(length(next)).isEqualTo(second * 60);
        assertThat(minutes(next)).isEqualTo(second * 60);
        told.add(
            rig.days(ANNA).values().stream()
                // One that has not begun there may have been published by the clock at home.
                .filter(one -> minutes(one) > 0)
                .sorted(Comparator.comparing(DaySummary::date))
                .map(one -> one.withRevision(0))
                .toList());
      }
    }
    assertThat(told.get(1)).isEqualTo(told.get(0));
  }

  /** The midnight after the day in Honolulu is that of a date later on Kiritimati. */
  @Test
  void aDateThatIsFlownOverIsNoDayAndOneThatWasPublishedTellsNothingMore() {
    ZoneId honolulu = ZoneId.of("Pacific/Honolulu");
    Wearer home =
        new Wearer(
            ANNA,
            "Anna",
            "hash",
            List.of(new Wearer.ZoneFrom(honolulu, Instant.EPOCH)),
            WearerSettings.defaults());
    Instant flight = DAY.plusDays(1).atStartOfDay(honolulu).toInstant();
    try (Rig rig = new Rig(flight.plus(Duration.ofHours(60)), stateDir)) {
      rig.set(home);
      rig.upload(ANNA, sitting(flight.minusSeconds(3_600), flight.plusSeconds(36_000))).rest();
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).sitting().minutes()).isEqualTo(600);
      rig.set(home.withZone(ZoneId.of("Pacific/Kiritimati"), flight));
      rig.rest();
      assertThat(minutes(rig.days(ANNA).get(DAY))).isEqualTo(60);
      assertThat(minutes(rig.days(ANNA).get(DAY.plusDays(1)))).isZero();
      assertThat(minutes(rig.days(ANNA).get(DAY.plusDays(2)))).isEqualTo(600);
    }
  }

  @Test
  void stepsByHourGoByTheClockWhereTheyWereTaken() {
    try (Rig rig = new Rig(at("23:00"), stateDir)) {
      rig.set(flying("America/New_York", "12:00"));
      // 14:10 in New York is 20:10 in Berlin.
      rig.upload(ANNA, steps(WRIST, 600, "9:00", "9:10"), steps(WRIST, 300, "20:10", "20:20"));
      rig.rest();
      DaySummary day = rig.days(ANNA).get(DAY);
      assertThat(day.steps()).isEqualTo(900);
      assertThat(day.stepsByHour().get(9)).isEqualTo(600);
      assertThat(day.stepsByHour().get(14)).isEqualTo(300);
    }
  }

  @Test
  void aFlightThatIsToldLaterMovesTheNightToTheDateOfWakingThere() {
    try (Rig rig = new Rig(at("23:00"), stateDir)) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, lying(THIGH, at("13:00"), at("21:00")));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "21:00", "21:40")).rest();
      assertThat(rig.nights(ANNA)).containsOnlyKeys(DAY);
      rig.set(flying("Asia/Tokyo", "12:00"));
      rig.rest();
      assertThat(rig.nights(ANNA)).containsOnlyKeys(DAY.plusDays(1));
      assertThat(rig.nights(ANNA).get(DAY.plusDays(1)).zone()).isEqualTo(TOKYO);
      // Which is in bed on both.
      assertThat(rig.days(ANNA).get(DAY).postureMinutes().get(Posture.LYING)).isEqualTo(180);
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).wear().awakeMinutes()).isEqualTo(1_140);
    }
  }

  @Test
  void aJourneyThatIsTakenBackGivesTheDaysOfHome() {
    try (Rig rig = new Rig(hours(82), stateDir)) {
      rig.set(flying("America/New_York", "12:00"));
      live(rig);
      assertThat(minutes(rig.days(ANNA).get(DAY))).isEqualTo(30 * 60);
      rig.set(atHome(ANNA));
      rig.rest();
      assertThat(rig.days(ANNA).get(DAY).span()).isNull();
      assertThat(minutes(rig.days(ANNA).get(DAY))).isEqualTo(24 * 60);
      assertThat(minutes(rig.days(ANNA).get(DAY.plusDays(1)))).isEqualTo(24 * 60);
    }
  }

  /** What was built from older days is gone. */
  @Test
  void daysThatCannotBeWorkedOutAnewStayAsTheyAreToldBefore() {
    try (Rig rig = new Rig(at("23:00"), stateDir, new Horizon(3))) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "21:00")).rest();
      for (int day = 1; day <= 10; day++) {
        rig.clockTo(hours(24 * day + 22));
        rig.upload(ANNA, sitting(hours(24 * day + 9), hours(24 * day + 21))).rest();
      }
      rig.set(flying("America/New_York", "12:00"));
      rig.rest();
      assertThat(minutes(rig.days(ANNA).get(DAY))).isEqualTo(12 * 60);
      assertThat(rig.days(ANNA).get(DAY).zone()).isEqualTo(ZONE);
      assertThat(rig.days(ANNA).get(DAY.plusDays(5)).zone()).isEqualTo(ZONE);
      assertThat(minutes(rig.days(ANNA).get(DAY.plusDays(5)))).isEqualTo(12 * 60);
      assertThat(rig.days(ANNA).get(DAY.plusDays(9)).zone())
          .isEqualTo(ZoneId.of("America/New_York"));
    }
  }

  @Test
  void whereStepsAreAllThatIsKnownTheDayIsOneOfWhereTheLastWereTakenWhateverCameFirst() {
    StepsObservation before = steps(WRIST, 600, "9:00", "9:10");
    StepsObservation after = steps(there(WRIST), 300, "13:00", "13:10");
    try (Rig rig = new Rig(at("14:00"), stateDir)) {
      for (WearerId one : List.of(ANNA, BEN)) {
        rig.set(atHome(one));
        rig.set(atHome(one).withZone(TOKYO, at("12:00")));
      }
      rig.upload(ANNA, before).rest().upload(ANNA, after).rest();
      rig.upload(BEN, after).rest().upload(BEN, before).rest();
      for (WearerId one : List.of(ANNA, BEN)) {
        assertThat(rig.days(one).get(DAY).zone()).isEqualTo(TOKYO);
        assertThat(rig.days(one).get(DAY).steps()).isEqualTo(900);
      }
    }
  }

  /** In Berlin the hours awake end at 22:00; in New York it is 16:00 then. */
  @Test
  void aTimerThatRunsFollowsTheZoneThatIsToldMeanwhile() {
    try (Rig rig = new Rig(at("21:31"), stateDir)) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "21:00", "21:30"));
      rig.clockTo("22:20");
      rig.set(atHome(ANNA).withZone(ZoneId.of("America/New_York"), at("21:10")));
      rig.clockTo("22:29:58");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.clockTo("22:30:02");
      assertThat(rig.sensorEpisodes(ANNA))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.from()).isEqualTo(at("21:30"));
                assertThat(one.zone()).isEqualTo(ZoneId.of("America/New_York"));
              })
          .matches(Episode::open);
    }
  }
}
