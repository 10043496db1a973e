package io.lumbar.analytics.aging;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DayTag;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may still change, live and by import, as literal days. */
class ClosedDaysTest {
  private static final PostureObservation MORNING = span(THIGH, Posture.SITTING, "9:00", "9:40");
  private static final PostureObservation NOON = span(THIGH, Posture.WALKING, "12:00", "12:40");

  /** Where the fourteenth day after that ends. */
  private static final Instant MIDNIGHT = Instant.parse("2026-03-17T00:00:00Z");

  @TempDir Path stateDir;

  private Rig rig(Instant now) {
    return new Rig(now, stateDir, Horizon.DEFAULT);
  }

  private static Instant daysLater(int days) {
    return at("12:00").plus(Duration.ofDays(days));
  }

  private static PostureObservation standingUntil(Instant end) {
    return PostureObservation.span(THIGH, Posture.STANDING, end.minusSeconds(1_800), end);
  }

  @Test
  void onTheLastOpenDayWhatIsLateStillAmends() {
    try (Rig rig = rig(MIDNIGHT)) {
      rig.upload(ANNA, standingUntil(MIDNIGHT), MORNING);
      assertThat(rig.picture(ANNA)).startsWith("sitting 09:00:00-09:40:00");
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void aMomentLaterItIsKeptAsideWithTheReason() {
    try (Rig rig = rig(MIDNIGHT.plusMillis(1))) {
      rig.upload(ANNA, standingUntil(MIDNIGHT.plusMillis(1)), MORNING);
      assertThat(rig.picture(ANNA)).startsWith("standing");
      assertThat(rig.rest().days(ANNA)).doesNotContainKey(DAY);
      assertThat(rig.deadLetters())
          .hasSize(1)
          .allMatch(
              letter ->
                  letter.contains(
                      "closed: 2026-03-02 is more than 14 days before the newest data, which is of"
                          + " 2026-03-17; import it from a file instead"))
          .allMatch(letter -> letter.contains("\"element\":{"))
          .anyMatch(letter -> letter.contains("lumbar.posture.v1-0@1"));
    }
  }

  @Test
  void ofANewWearerTheOldestRowsAreTakenInAnyOrder() {
    List<PostureObservation> rows = twoWeeks();
    List<PostureObservation> shuffled = new ArrayList<>(rows);
    shuffled.addAll(rows.subList(0, 40));
    Collections.shuffle(shuffled, new Random(7));
    try (Rig ordered = new Rig(daysLater(4_000), stateDir.resolve("a"), Horizon.DEFAULT);
        Rig any = new Rig(daysLater(4_000), stateDir.resolve("b"), Horizon.DEFAULT)) {
      rows.forEach(row -> ordered.upload(ANNA, row));
      for (int i = 0; i < shuffled.size(); i++) {
        // Two clients, of which one goes on for days, and another wearer's punctual phone between.
        any.upload(ANNA, shuffled.get(i));
        if (i % 50 == 0) {
          any.clockTo(daysLater(4_000 + i / 50));
          any.upload(BEN, standingUntil(daysLater(4_000 + i / 50)));
        }
      }
      assertThat(ordered.picture(ANNA).lines()).hasSizeGreaterThan(200);
      assertThat(any.picture(ANNA)).isEqualTo(ordered.picture(ANNA));
      assertThat(summaries(any)).isEqualTo(summaries(ordered)).hasSize(15);
      assertThat(any.deadLetters()).isEmpty();
      assertThat(ordered.deadLetters()).isEmpty();
    }
  }

  private static List<PostureObservation> twoWeeks() {
    List<PostureObservation> rows = new ArrayList<>();
    for (int day = 0; day <= 14; day++) {
      Instant at = at("8:00").plus(Duration.ofDays(day));
      for (int i = 0; i < 10; i++) {
        Instant up = at.plusSeconds(2_400 + 60L * day);
        rows.add(PostureObservation.span(THIGH, Posture.SITTING, at, up));
        at = up.plusSeconds(300);
        rows.add(PostureObservation.span(THIGH, Posture.WALKING, up, at));
      }
    }
    return rows;
  }

  private static Map<LocalDate, DaySummary> summaries(Rig rig) {
    Map<LocalDate, DaySummary> all = new TreeMap<>();
    rig.rest().days(ANNA).forEach((date, day) -> all.put(date, day.withRevision(0)));
    return all;
  }

  @Test
  void whatIsTypedOfOtherDaysClosesNone() {
    try (Rig rig = rig(daysLater(30))) {
      rig.upload(ANNA, NOON);
      rig.tell(
          ANNA,
          new DayTag("t_1", daysLater(30), false, DAY.plusDays(300), DayTag.Tag.HOLIDAY),
          new CheckIn(
              "c_1", daysLater(30), false, daysLater(30), 2, null, null, null, false, null));
      rig.upload(ANNA, MORNING);
      assertThat(rig.picture(ANNA)).startsWith("sitting");
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void ofWhomNothingCameForLongAllIsClosedButWhatFollows() {
    try (Rig rig = rig(at("13:00"))) {
      rig.upload(ANNA, NOON);
      for (int day = 1; day <= 16; day++) {
        rig.clockTo(daysLater(day));
      }
      rig.upload(ANNA, MORNING, standingUntil(daysLater(3)));
      assertThat(rig.picture(ANNA).lines().map(line -> line.split(" ")[0]))
          .containsExactly("walking", "standing");
      assertThat(rig.deadLetters())
          .singleElement()
          .asString()
          .contains(
              "closed: nothing came for more than 14 days, and with that all before 2026-03-03");
    }
  }

  @Test
  void nobodyCountsAsGoneWhileInputWaitsToBeRead() {
    try (Rig rig = rig(at("13:00"))) {
      rig.upload(ANNA, NOON);
      rig.caughtUp(false);
      for (int day = 1; day <= 20; day++) {
        rig.clockTo(daysLater(day));
      }
      rig.upload(ANNA, MORNING);
      assertThat(rig.picture(ANNA)).startsWith("sitting 09:00:00-09:40:00");
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void anImportBuildsAnOldDayAndMayGoOnForAsLongAsTheHorizonIsWide() {
    try (Rig rig = rig(daysLater(400))) {
      rig.upload(ANNA, standingUntil(daysLater(400)));
      rig.importNow(Topic.POSTURE, ANNA, MORNING);
      rig.clockTo(daysLater(412));
      rig.importNow(Topic.POSTURE, ANNA, NOON);
      assertThat(rig.picture(ANNA))
          .startsWith("sitting 09:00:00-09:40:00\nwalking 12:00:00-12:40:00");
      assertThat(rig.rest().days(ANNA).get(DAY).sitting().minutes()).isEqualTo(40);
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void whatAnImportBuiltIsClosedOnceItIsForgotten() {
    try (Rig rig = rig(daysLater(400))) {
      rig.importNow(Topic.POSTURE, ANNA, MORNING);
      for (int day = 401; day < 420; day++) {
        rig.clockTo(daysLater(day));
      }
      rig.importNow(Topic.POSTURE, ANNA, NOON);
      assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:40:00");
      assertThat(rig.deadLetters())
          .singleElement()
          .asString()
          .contains("closed: 2026-03-02 was built before");
    }
  }

  @Test
  void aDayThatWasLivedIsClosedForImportsTooOnceItIsForgotten() {
    try (Rig rig = rig(at("12:00"))) {
      rig.upload(ANNA, MORNING);
      for (int day = 1; day < 20; day++) {
        rig.clockTo(daysLater(day));
      }
      rig.importNow(Topic.POSTURE, ANNA, span(THIGH, Posture.WALKING, "9:10", "9:20"));
      assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:40:00");
      assertThat(rig.deadLetters()).hasSize(1);
    }
  }

  /** Of a file of two months the last weeks are not all that may be put right. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theWearersWordOnAnImportedDayCountsWhicheverComesFirst(boolean wordFirst) {
    Instant now = daysLater(40);
    List<Statement> words =
        List.of(
            new Correction("c_1", now, false, at("9:00"), at("9:40"), Correction.Was.DRIVING),
            new DayTag("t_1", now, false, DAY, DayTag.Tag.ILL),
            new CheckIn("c_2", now, false, at("8:00"), 4, null, null, null, false, null));
    try (Rig rig = rig(now)) {
      rig.upload(ANNA, standingUntil(now));
      if (!wordFirst) {
        rig.importNow(Topic.POSTURE, ANNA, MORNING);
      }
      words.forEach(word -> rig.tell(ANNA, word));
      rig.clockTo(daysLater(46));
      if (wordFirst) {
        rig.importNow(Topic.POSTURE, ANNA, MORNING);
      }
      assertThat(rig.picture(ANNA)).startsWith("travelling 09:00:00-09:40:00");
      DaySummary day = rig.rest().days(ANNA).get(DAY);
      assertThat(day.tags()).containsExactly("ill");
      assertThat(day.morningPain()).isEqualTo(4);
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void aWordOnADayThatIsForgottenIsKeptAside() {
    try (Rig rig = rig(at("12:00"))) {
      rig.upload(ANNA, MORNING);
      for (int day = 1; day < 20; day++) {
        rig.clockTo(daysLater(day));
      }
      rig.tell(ANNA, new DayTag("t_1", daysLater(20), false, DAY, DayTag.Tag.ILL));
      assertThat(rig.deadLetters())
          .singleElement()
          .asString()
          .contains("closed: 2026-03-02 was built before, and what it was built from");
      assertThat(rig.rest().days(ANNA).get(DAY).tags()).isEmpty();
    }
  }

  /** A word about a day of which nothing ever comes keeps nobody in mind for good. */
  @Test
  void ofAWordWithoutADayNothingStays() {
    try (Rig rig = rig(daysLater(40))) {
      rig.upload(ANNA, standingUntil(daysLater(40)));
      rig.tell(ANNA, new DayTag("t_1", daysLater(40), false, DAY, DayTag.Tag.ILL));
      assertThat(rig.stored(ANNA)).anyMatch(one -> one.startsWith(Stores.REBUILT_DAYS));
      for (int day = 41; day < 58; day++) {
        rig.clockTo(daysLater(day));
        rig.upload(ANNA, standingUntil(daysLater(day)));
      }
      assertThat(rig.stored(ANNA)).noneMatch(one -> one.startsWith(Stores.REBUILT_DAYS));
      rig.importNow(Topic.POSTURE, ANNA, MORNING);
      assertThat(rig.picture(ANNA)).startsWith("sitting 09:00:00-09:40:00");
      assertThat(rig.rest().days(ANNA).get(DAY).tags()).isEmpty();
    }
  }

  /** In New York an evening is another UTC day than its morning. */
  @Test
  void anImportBesideAClosedDayLeavesItsDateAsItStands() {
    Stamp newYork = new Stamp(new DeviceId("d_ny"), Placement.THIGH, ZoneId.of("America/New_York"));
    try (Rig rig = rig(at("17:00"))) {
      rig.upload(ANNA, PostureObservation.span(newYork, Posture.SITTING, at("15:00"), at("15:40")));
      rig.rest();
      for (int day = 1; day < 20; day++) {
        rig.clockTo(daysLater(day));
      }
      Instant evening = at("1:00").plus(Duration.ofDays(1));
      rig.importNow(
          Topic.POSTURE,
          ANNA,
          PostureObservation.span(newYork, Posture.SITTING, evening, evening.plusSeconds(3_600)));
      assertThat(rig.rest().bouts(ANNA)).hasSize(2);
      assertThat(rig.days(ANNA).get(DAY).sitting().minutes()).isEqualTo(40);
    }
  }
}
