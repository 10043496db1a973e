package io.lumbar.analytics.simulation;

import io.lumbar.model.Stamp;
import java.time.Duration;

/**
 * A sensor and how it is worn.
 *
 * @param stamp its placement says which limb it feels
 * @param hertz nominal samples per second
 * @param mounting how its axes are turned
 * @param noise standard deviation of each reading in g; phones and trackers have 0.002 to 0.01
 * @param jitter standard deviation of the time between samples, as a share of it
 * @param batch how much one batch holds
 */
public record Wear(
    Stamp stamp, double hertz, Mounting mounting, double noise, double jitter, Duration batch) {

  public Wear {
    if (!(hertz >= 0.1 && hertz <= 400) || noise < 0 || jitter < 0 || jitter > 0.3) {
      throw new IllegalArgumentException(
          "0.1 to 400 Hz, no negative noise and a jitter of at most 0.3 are possible");
    }
  }

  /** A sensor mounted as its placement's axes say, with usual noise, in batches of 10 s. */
  public static Wear of(Stamp stamp, double hertz) {
    return new Wear(stamp, hertz, Mounting.ALIGNED, 0.004, 0.02, Duration.ofSeconds(10));
  }

  public Wear mounted(Mounting other) {
    return new Wear(stamp, hertz, other, noise, jitter, batch);
  }

  public Wear batches(Duration other) {
    return new Wear(stamp, hertz, mounting, noise, jitter, other);
  }
}
