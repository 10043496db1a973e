package io.lumbar.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSharesTest {
  private static final Stamp PHONE =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);
  private static final long START = 1_772_409_600_000L;
  private static final int DAY = 24 * 60;

  @Test
  void aDaysTotalAndItsMinutesAreNotAddedUp() {
    List<StepReport> reports = new ArrayList<>(List.of(steps(0, DAY, 9_000)));
    for (int minute = 600; minute < 660; minute++) {
      reports.add(steps(minute, minute + 1, 100));
    }
    StepCounts counts = counts(reports);
    assertThat(counts.total()).isEqualTo(9_000);
    assertThat(counts.steps(610)).isEqualTo(100);
    assertThat(counts.steps(10)).isCloseTo(3_000.0 / (DAY - 60), within(1e-9));
  }

  @Test
  void aTotalOfThisMorningAddsNothingToAnEveningThatIsMore() {
    assertThat(counts(List.of(steps(0, DAY, 3_000), steps(1_140, 1_200, 4_000))).total())
        .isEqualTo(4_000);
  }

  @Test
  void whatATotalCountedBeyondMinutesThatFillItLiesInAllOfThem() {
    StepCounts counts =
        counts(List.of(steps(0, 2, 300), steps(0, 1, 100), steps(1, 2, 150), steps(5, 6, 9)));
    assertThat(counts.total()).isEqualTo(309);
    assertThat(counts.steps(0)).isEqualTo(125);
    assertThat(counts.steps(1)).isEqualTo(175);
  }

  @Test
  void ofSpansThatOnlyOverlapTheLargerHolds() {
    StepCounts counts = counts(List.of(steps(0, 10, 100), steps(5, 15, 60)));
    assertThat(counts.total()).isEqualTo(130);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noStepCountsTwiceWhateverHoldsWhatAndInWhateverOrder(long seed) {
    Random random = new Random(seed);
    List<StepReport> hours = new ArrayList<>();
    List<StepReport> minutes = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      if (random.nextBoolean()) {
        hours.add(steps(60 * hour, 60 * hour + 60, random.nextInt(4_000)));
      }
      for (int minute = 60 * hour; minute < 60 * hour + 60; minute++) {
        if (random.nextInt(3) == 0) {
          minutes.add(steps(minute, minute + 1, random.nextInt(130)));
        }
      }
    }
    StepReport day = steps(0, DAY, random.nextInt(40_000));
    List<StepReport> all = new ArrayList<>(minutes);
    all.addAll(hours);
    all.add(day);
    long expected = Math.max(day.steps(), hourByHour(hours, minutes));
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(all, random);
      assertThat(counts(all).total()).isEqualTo(expected);
    }
  }

  /** In each hour what its own total says, or its minutes, whichever is more. */
  private static long hourByHour(List<StepReport> hours, List<StepReport> minutes) {
    long total = 0;
    for (int hour = 0; hour < 24; hour++) {
      long from = at(60 * hour);
      long to = at(60 * hour + 60);
      long own =
          hours.stream().filter(one -> one.from() == from).mapToLong(StepReport::steps).sum();
      long fine =
          minutes.stream()
              .filter(one -> one.from() >= from && one.to() <= to)
              .mapToLong(StepReport::steps)
              .sum();
      total += Math.max(own, fine);
    }
    return total;
  }

  private static StepCounts counts(List<StepReport> reports) {
    return StepCounts.of(
        new ArrayList<>(reports),
        List.of(),
        new Span(START, at(DAY)),
        Duration.ofMinutes(10).toMillis());
  }

  private static StepReport steps(int from, int to, long steps) {
    return new StepReport(PHONE, "", false, at(from), at(to), steps);
  }

  private static long at(int minute) {
    return START + minute * 60_000L;
  }
}
