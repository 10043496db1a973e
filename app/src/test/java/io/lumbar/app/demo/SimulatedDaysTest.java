package io.lumbar.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedDaysTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** The night of this date has 23 hours. */
  private static final LocalDate SHORT_DAY = LocalDate.of(2026, 3, 29);

  private static final Instant FROM = SHORT_DAY.minusDays(2).atStartOfDay(ZONE).toInstant();
  private static final Instant TO = SHORT_DAY.plusDays(2).atStartOfDay(ZONE).toInstant();

  private final SimulatedDays days = new SimulatedDays(ZONE, 7);

  @Test
  void theSameSeedGivesTheSameDays() {
    for (DemoPerson person : SimulatedDays.people()) {
      assertThat(days.observations(person, FROM, TO))
          .isEqualTo(new SimulatedDays(ZONE, 7).observations(person, FROM, TO))
          .isNotEmpty();
    }
  }

  @Test
  void posturesFillTheWholeTimeWithoutGapOrOverlapOverAChangeOfTheClock() {
    for (DemoPerson person : SimulatedDays.people()) {
      if (person.habit() == DemoPerson.Habit.WATCH) {
        continue;
      }
      Instant expected = FROM;
      for (Map<String, Object> observation : days.observations(person, FROM, TO)) {
        assertThat(instant(observation, "from")).as(person.name()).isEqualTo(expected);
        expected = instant(observation, "to");
      }
      assertThat(expected).isEqualTo(TO);
    }
  }

  @Test
  void theDeskWorkerSitsPastTheFirstAlertWhileTheRestIsPlayed() {
    DemoPerson olga = SimulatedDays.people().get(0);
    Instant begin = TO.minus(Duration.ofMinutes(45));
    List<Map<String, Object>> finale = days.finale(olga, begin, TO, TO);
    assertThat(finale).hasSize(45);
    assertThat(finale.subList(0, 41)).allMatch(o -> "sitting".equals(o.get("posture")));
    assertThat(finale.get(44)).containsEntry("posture", "walking");
  }

  @Test
  void theWatchSaysThatItIsNotWornOnItsCharger() {
    DemoPerson walt = SimulatedDays.people().get(4);
    assertThat(days.observations(walt, FROM, TO))
        .anyMatch(o -> "worn".equals(o.get("kind")) && Boolean.FALSE.equals(o.get("worn")))
        .anyMatch(o -> "battery".equals(o.get("kind")) && Boolean.TRUE.equals(o.get("charging")))
        .noneMatch(o -> "posture".equals(o.get("kind")));
  }

  private static Instant instant(Map<String, Object> observation, String key) {
    return OffsetDateTime.parse((String) observation.get(key)).toInstant();
  }
}
