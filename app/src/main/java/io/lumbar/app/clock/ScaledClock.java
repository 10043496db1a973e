package io.lumbar.app.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that starts at an instant of its own and runs at a speed: at 60 a minute passes in a
 * second. It never goes backwards and does not follow corrections of the machine's clock.
 * Thread-safe.
 */
public final class ScaledClock implements InstantSource {
  private final Instant start;
  private final double speed;
  private final LongSupplier nanos;
  private final long startNanos;

  ScaledClock(Instant start, double speed, LongSupplier nanos) {
    if (!(speed > 0 && Double.isFinite(speed))) {
      throw new IllegalArgumentException("speed must be more than 0, was " + speed);
    }
    this.start = start;
    this.speed = speed;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /** A clock that reads {@code start} now and gains {@code speed} seconds a second. */
  public static ScaledClock from(Instant start, double speed) {
    return new ScaledClock(start, speed, System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos((long) ((nanos.getAsLong() - startNanos) * speed));
  }

  /** How many of its seconds pass in one second. */
  public double speed() {
    return speed;
  }
}
