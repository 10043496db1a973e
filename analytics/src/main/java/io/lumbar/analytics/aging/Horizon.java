package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Calibration;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.WornObservation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How far back what comes live may still change a day. Days count in UTC here, because a wearer's
 * zone may be corrected afterwards.
 *
 * @param days whole days before the newest of which the wearer has data
 */
public record Horizon(int days) {
  /** What holds unless somebody sets another. */
  public static final Horizon DEFAULT = new Horizon(14);

  private static final long DAY = Duration.ofDays(1).toMillis();

  /** The shortest and the longest that may be set. */
  public static final int SHORTEST = 3;

  public static final int LONGEST = 3_650;

  public Horizon {
    if (days < SHORTEST || days > LONGEST) {
      throw new IllegalArgumentException(
          "a horizon is %d to %d days, not %d".formatted(SHORTEST, LONGEST, days));
    }
  }

  static long day(long instant) {
    return Math.floorDiv(instant, DAY);
  }

  static long startOf(long day) {
    return day * DAY;
  }

  /** The day that a span ends on. */
  static long lastDay(Span about) {
    return day(Math.max(about.from(), about.to() - 1));
  }

  /** The time that a record is about; empty for those about none. */
  static Optional<Span> about(Object value) {
    if (value instanceof PostureObservation one) {
      return Optional.of(span(one.from(), one.change() ? one.from() : one.to()));
    } else if (value instanceof StepsObservation one) {
      return Optional.of(span(one.from(), one.to()));
    } else if (value instanceof StepCounterObservation one) {
      return Optional.of(span(one.at(), one.at()));
    } else if (value instanceof WornObservation one) {
      return Optional.of(span(one.at(), one.at()));
    } else if (value instanceof BatteryObservation one) {
      return Optional.of(span(one.at(), one.at()));
    } else if (value instanceof MotionBatch one) {
      return Optional.of(new Span(one.millisAt(0), one.millisAt(one.size() - 1)));
    } else if (value instanceof Correction one) {
      return Optional.of(span(one.from(), one.to()));
    } else if (value instanceof CheckIn one) {
      return Optional.of(span(one.at(), one.at()));
    } else if (value instanceof Calibration one) {
      return Optional.of(span(one.from(), one.to()));
    } else if (value instanceof DayTag one) {
      Instant start = one.date().atStartOfDay(ZoneOffset.UTC).toInstant();
      return Optional.of(span(start, start));
    }
    return Optional.empty();
  }

  private static Span span(Instant from, Instant to) {
    return new Span(from.toEpochMilli(), to.toEpochMilli());
  }
}
