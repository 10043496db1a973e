package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.DaySummary.Walking;
import io.lumbar.model.StepTrack;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The steps of a wearer within a day, from the step reports in the store. */
public final class StepSums {
  /** How far from a span a counter's neighbouring reading may lie. */
  static final long REACH = Duration.ofHours(24).toMillis();

  private static final int HOURS = 24;

  private static final int CELL_MINUTES = (int) StepTrack.CELL.toMinutes();

  /** Fewer steps are no minute of walking, but steps about the house. */
  private static final double WALKED_STEPS = 60;

  /** A fast walk (ActiPASS). */
  private static final double FAST_STEPS = 100;

  private final StepLog log;
  private final StatementLog statements;

  public StepSums(KeyValueStore<String, byte[]> store, StatementLog statements) {
    log = new StepLog(store);
    this.statements = statements;
  }

  /**
   * Steps of a day.
   *
   * @param byHour by the hour on the clock, 0 to 23; empty without steps
   * @param walking how fast the wearer walked; null without a minute of walking
   * @param track when they were taken; null where no device tells it at least every ten minutes
   */
  public record DaySteps(
      long total, List<Long> byHour, @Nullable Walking walking, @Nullable StepTrack track) {}

  /**
   * Steps from the best source per minute, but for what the wearer took back.
   *
   * @param dates by whose zones an hour is one on the clock
   */
  public DaySteps within(WearerId wearer, Span span, WearerDates dates) {
    var all = log.within(wearer, span.widened(REACH));
    if (all.isEmpty()) {
      return new DaySteps(0, List.of(), null, null);
    }
    StepCounts counts = StepCounts.of(all, statements.voided(wearer, span), span, Long.MAX_VALUE);
    double[] hours = new double[HOURS];
    for (int m = 0; m < counts.minutes(); m++) {
      if (counts.steps(m) > 0) {
        // A flight may end within a minute.
        Instant at = Instant.ofEpochMilli(Math.max(span.from(), counts.startOf(m)));
        hours[at.atZone(dates.zoneAt(at)).getHour()] += counts.steps(m);
      }
    }
    long total = counts.total();
    return new DaySteps(
        total,
        total == 0 ? List.of() : Arrays.stream(hours).mapToObj(Math::round).toList(),
        walking(counts),
        track(counts));
  }

  private static @Nullable StepTrack track(StepCounts counts) {
    StepTrack.Builder track = new StepTrack.Builder();
    for (int first = 0; first + CELL_MINUTES <= counts.minutes(); first += CELL_MINUTES) {
      int[] cell = IntStream.range(first, first + CELL_MINUTES).toArray();
      if (Arrays.stream(cell).allMatch(counts::isFine)) {
        track.add(Arrays.stream(cell).mapToDouble(counts::steps).sum());
      } else {
        track.skip();
      }
    }
    return track.isEmpty() ? null : track.build();
  }

  private static @Nullable Walking walking(StepCounts counts) {
    double[] walked =
        IntStream.range(0, counts.minutes())
            .mapToDouble(counts::steps)
            .filter(steps -> steps >= WALKED_STEPS)
            .sorted()
            .toArray();
    int fast = (int) Arrays.stream(walked).filter(steps -> steps >= FAST_STEPS).count();
    return walked.length == 0 ? null : new Walking(walked[walked.length / 2], fast);
  }
}
