package io.lumbar.app.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that stands at an instant of the past until it is started, then runs at a speed (at 60 a
 * minute passes in a second) until it has caught up with another clock, which it follows from then
 * on. Thread-safe.
 */
public final class ScaledClock implements InstantSource {
  private final Instant start;
  private final InstantSource real;
  private final LongSupplier nanos;
  private volatile Run run;

  private record Run(double speed, long sinceNanos) {}

  ScaledClock(Instant start, InstantSource real, LongSupplier nanos) {
    this.start = start;
    this.real = real;
    this.nanos = nanos;
    this.run = new Run(0, nanos.getAsLong());
  }

  /** A clock that stands at {@code start} and will not run ahead of {@code real}. */
  public static ScaledClock standingAt(Instant start, InstantSource real) {
    return new ScaledClock(start, real, System::nanoTime);
  }

  /** Starts it from where it stands; a second call does nothing. */
  public synchronized void run(double speed) {
    if (!(speed >= 1 && Double.isFinite(speed))) {
      throw new IllegalArgumentException("speed must be 1 or more, was " + speed);
    }
    if (run.speed() == 0) {
      run = new Run(speed, nanos.getAsLong());
    }
  }

  @Override
  public Instant instant() {
    Run now = run;
    Instant scaled = start.plusNanos((long) ((nanos.getAsLong() - now.sinceNanos()) * now.speed()));
    Instant limit = real.instant();
    return scaled.isBefore(limit) ? scaled : limit;
  }
}
