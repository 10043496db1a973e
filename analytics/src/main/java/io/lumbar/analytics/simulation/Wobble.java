package io.lumbar.analytics.simulation;

import java.util.SplittableRandom;

/** Noise that forgets itself after some time (an Ornstein-Uhlenbeck process), of deviation 1. */
final class Wobble {
  private final SplittableRandom random;
  private final double memorySeconds;
  private double lastStep = -1;
  private double keep;
  private double renew;
  private double value;

  Wobble(SplittableRandom random, double memorySeconds) {
    this.random = random;
    this.memorySeconds = memorySeconds;
    this.value = random.nextGaussian();
  }

  double next(double step) {
    if (Math.abs(step - lastStep) > 0.1 * lastStep) {
      keep = Math.exp(-step / memorySeconds);
      renew = Math.sqrt(1 - keep * keep);
      lastStep = step;
    }
    value = keep * value + renew * random.nextGaussian();
    return value;
  }
}
