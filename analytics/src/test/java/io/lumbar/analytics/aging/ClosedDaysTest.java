package io.lumbar.analytics.aging;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.model.DayTag;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may still change, live and by import, by the literal clock. */
class ClosedDaysTest {
  private static final PostureObservation MORNING = span(THIGH, Posture.SITTING, "9:00", "9:40");
  private static final PostureObservation NOON = span(THIGH, Posture.WALKING, "12:00", "12:40");

  @TempDir Path stateDir;

  private Rig rig(Instant now) {
    return new Rig(now, stateDir, Horizon.DEFAULT);
  }

  private static Instant daysLater(int days) {
    return at("12:00").plus(Duration.ofDays(days));
  }

  @Test
  void onTheLastOpenDayWhatIsLateStillAmends() {
    try (Rig rig = rig(daysLater(14))) {
      rig.upload(ANNA, MORNING);
      assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:40:00");
      assertThat(rig.deadLetters()).isEmpty();
    }
  }

  @Test
  void aDayLaterItIsKeptAsideWithTheReason() {
    try (Rig rig = rig(daysLater(15))) {
      rig.upload(ANNA, MORNING);
      rig.tell(ANNA, new DayTag("t_1", daysLater(15), false, DAY, DayTag.Tag.ILL));
      assertThat(rig.picture(ANNA)).isEmpty();
      assertThat(rig.rest().days(ANNA)).isEmpty();
      assertThat(rig.deadLetters())
          .hasSize(2)
          .allMatch(
              letter ->
                  letter.contains(
                      "closed: 2026-03-02 is more than 14 days ago; import it from a file instead"))
          .anyMatch(letter -> letter.contains("lumbar.posture.v1-0@0"));
    }
  }

  @Test
  void anImportBuildsAnOldDayAndMayGoOnForAsLongAsTheHorizonIsWide() {
    try (Rig rig = rig(daysLater(400))) {
      rig.importNow(Topic.POSTURE, ANNA, MORNING);
      rig.clockTo(daysLater(412));
      rig.importNow(Topic.POSTURE, ANNA, NOON);
      assertThat(rig.picture(ANNA))
          .isEqualTo("sitting 09:00:00-09:40:00\nwalking 12:00:00-12:40:00");
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
