package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.WearerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnoozesTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void puttingOffGetsHarderForWhoWantsThat() {
    Instant now = START;
    Instant asked = now.plusSeconds(3600);
    assertThat(Snoozes.harder(asked, 0, now)).isEqualTo(asked);
    assertThat(Snoozes.harder(asked, 1, now)).isEqualTo(now.plusSeconds(900));
    assertThat(Snoozes.harder(asked, 2, now)).isEqualTo(now.plusSeconds(300));
    assertThat(Snoozes.harder(asked, 9, now)).isEqualTo(now.plusSeconds(300));
    assertThat(Snoozes.harder(now.plusSeconds(300), 1, now)).isEqualTo(now.plusSeconds(300));
  }

  @Test
  void anotherEndIsSaidInMinutesWhereThoseAreWhole() {
    AlertResponse tomorrow = response("a", Action.SNOOZE, 0, null, START.plusSeconds(30 * 3600));
    assertThat(Snoozes.lasting(tomorrow, START.plusSeconds(900))).isEqualTo(snooze("a", 0, 15));
    for (int seconds : new int[] {120, 901, 241 * 60}) {
      AlertResponse other = Snoozes.lasting(snooze("a", 0, 15), START.plusSeconds(seconds));
      assertThat(other.minutes()).isNull();
      assertThat(other.until()).isEqualTo(START.plusSeconds(seconds));
      assertThat(Snoozes.end(other, START)).isEqualTo(START.plusSeconds(seconds));
    }
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

  private static AlertResponse snooze(String alert, int atMinute, int minutes) {
    return response(alert, Action.SNOOZE, atMinute, minutes, null);
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
