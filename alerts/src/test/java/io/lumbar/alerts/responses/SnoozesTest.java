package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnoozesTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void countsTheSnoozesOfOneSittingOverItsAlerts() {
    List<AlertResponse> past =
        List.of(
            snooze("a_30", 0, 15),
            done("a_30", 1),
            snooze("other", 16, 15),
            snooze("a_45", 32, 15),
            snooze("a_45", 48, 15));
    assertThat(beyond(4, past, snooze("a_60", 64, 15))).isFalse();
    assertThat(beyond(3, past, snooze("a_60", 64, 15))).isTrue();
    assertThat(beyond(0, List.of(), snooze("a_30", 0, 15))).isTrue();
  }

  @Test
  void whatOnlyRepeatsTheRunningSnoozeIsNeverBeyond() {
    List<AlertResponse> past = List.of(snooze("a_30", 0, 60));
    assertThat(beyond(1, past, snooze("a_30", 1, 15))).isFalse();
    assertThat(beyond(1, past, snooze("a_30", 0, 61))).isFalse();
    assertThat(beyond(1, past, snooze("a_30", 1, 61))).isTrue();
    assertThat(beyond(1, past, snooze("a_30", 61, 15))).isTrue();
  }

  @Test
  void theLastWordSaysUntilWhenInWhateverOrderTheWordsCome() {
    List<Snoozes.Word> words =
        new ArrayList<>(
            List.of(
                word("a_30", 0, 60),
                word("a_30", 5, 15),
                word("b_30", 30, 45),
                word("b_30", 40, 10),
                word("a_30", 61, 60),
                word("a_30", 70, 240),
                word("a_30", 75, 0)));
    assertThat(until(words.subList(0, 1))).isEqualTo(minute(60));
    assertThat(until(words.subList(0, 2))).as("shorter").isEqualTo(minute(20));
    assertThat(until(words.subList(0, 4))).isEqualTo(minute(50));
    assertThat(until(words.subList(0, 5))).isEqualTo(minute(121));
    assertThat(until(words.subList(0, 6))).as("the third of a sitting").isEqualTo(minute(121));
    assertThat(until(words)).as("ended").isEqualTo(minute(75));
    Snoozes.Running ordered = running(words);
    assertThat(ordered.used()).containsOnly(Map.entry("a", 2), Map.entry("b", 1));
    assertThat(ordered.refused()).containsExactly(word("a_30", 70, 240));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(words, new Random(seed));
      assertThat(running(words)).isEqualTo(ordered);
    }
  }

  private static Instant until(List<Snoozes.Word> words) {
    return running(words).until();
  }

  /** Two snoozes of each sitting. */
  private static Snoozes.Running running(List<Snoozes.Word> words) {
    return Snoozes.running(words, 2, false, alert -> Optional.of(alert.substring(0, 1)));
  }

  private static Snoozes.Word word(String alert, int atMinute, int minutes) {
    return new Snoozes.Word(alert, minute(atMinute), minute(atMinute + minutes));
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  @Test
  void aRefusedSnoozeDoesNotRun() {
    List<AlertResponse> past = new ArrayList<>(List.of(snooze("a_30", 0, 15)));
    past.add(snooze("a_30", 1, 240));
    assertThat(beyond(1, past, snooze("a_30", 20, 30))).isTrue();
  }

  @Test
  void puttingOffGetsHarderForWhoWantsThat() {
    Instant now = START;
    Instant asked = now.plusSeconds(3600);
    assertThat(Snoozes.harder(asked, 0, now)).isEqualTo(asked);
    assertThat(Snoozes.harder(asked, 1, now)).isEqualTo(now.plusSeconds(900));
    assertThat(Snoozes.harder(asked, 2, now)).isEqualTo(now.plusSeconds(300));
    assertThat(Snoozes.harder(asked, 9, now)).isEqualTo(now.plusSeconds(300));
    assertThat(Snoozes.harder(now.plusSeconds(300), 1, now)).isEqualTo(now.plusSeconds(300));

    AlertResponse tomorrow = response("a", Action.SNOOZE, 0, null, START.plusSeconds(30 * 3600));
    assertThat(Snoozes.shortened(tomorrow, 0)).isEqualTo(tomorrow);
    assertThat(Snoozes.shortened(tomorrow, 1).minutes()).isEqualTo(15);
    assertThat(Snoozes.shortened(tomorrow, 1).until()).isNull();
    assertThat(Snoozes.shortened(snooze("a", 0, 5), 2)).isEqualTo(snooze("a", 0, 5));
  }

  @Test
  void untilTomorrowIsBoundAndMinutesAre() {
    AlertResponse tomorrow = response("a", Action.SNOOZE, 0, null, START.plusSeconds(30 * 3600));
    assertThat(Snoozes.end(tomorrow, START)).isEqualTo(START.plusSeconds(30 * 3600));
    AlertResponse never = response("a", Action.SNOOZE, 0, null, START.plusSeconds(90 * 86_400L));
    assertThat(Snoozes.end(never, START)).isEqualTo(START.plusSeconds(2 * 86_400));
    assertThat(Snoozes.end(snooze("a", 0, 1000), START)).isEqualTo(START.plusSeconds(240 * 60));
    assertThat(Snoozes.end(snooze("a", 0, 1), START)).isEqualTo(START.plusSeconds(5 * 60));
    AlertResponse ahead = snooze("a", 10, 15);
    assertThat(Snoozes.end(ahead, START)).isEqualTo(START.plusSeconds(15 * 60));
  }

  private static boolean beyond(int limit, List<AlertResponse> past, AlertResponse next) {
    return Snoozes.before(limit, past, alert -> alert.startsWith("a_"), next).exhausts(limit);
  }

  private static AlertResponse snooze(String alert, int atMinute, int minutes) {
    return response(alert, Action.SNOOZE, atMinute, minutes, null);
  }

  private static AlertResponse done(String alert, int atMinute) {
    return response(alert, Action.DONE, atMinute, null, null);
  }

  private static AlertResponse response(
      String alert,
      Action action,
      int atMinute,
      @Nullable Integer minutes,
      @Nullable Instant until) {
    return new AlertResponse(
        alert,
        new WearerId("w_anna"),
        action,
        minutes,
        null,
        START.plusSeconds(60L * atMinute),
        until);
  }
}
