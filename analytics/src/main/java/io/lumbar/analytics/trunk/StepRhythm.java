package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.Optional;

/**
 * Tells a minute in which the wearer steps from one in which a road or an engine shakes the trunk:
 * steps come at a pace of their own, a road at none. Pure.
 *
 * <p>The length of the acceleration is looked at in tenths of a hertz from 1.2 to 2.5 steps a
 * second, six times ten seconds apart. Averaged over those, steps hold {@value #FEWEST_SHARE} or
 * more of its variance at one pace: 0.07 to 0.61 in people who walked with a sensor at the waist,
 * under 0.12 in 99 of 100 minutes of noise.
 */
final class StepRhythm {
  private static final double FEWEST_SHARE = 0.12;
  private static final int PARTS = 6;
  private static final int BINS = BendMinute.BINS / PARTS;
  private static final int FEWEST_READINGS = BINS * 4 / 5;
  private static final int FEWEST_PARTS = 3;
  private static final int SLOWEST_TENTHS = 12;
  private static final int FASTEST_TENTHS = 25;

  private StepRhythm() {}

  /** Whether a wearer steps in a minute. */
  enum Steps {
    YES,
    NO,
    /** Too few readings, under four a second, to tell a pace from a shaking. */
    CANNOT_TELL
  }

  /** What a minute shows. */
  static Steps of(BendMinute minute) {
    double[] shares = new double[FASTEST_TENTHS - SLOWEST_TENTHS + 1];
    int parts = 0;
    for (int part = 0; part < PARTS; part++) {
      parts += add(minute, part * BINS, shares) ? 1 : 0;
    }
    double most = 0;
    for (double share : shares) {
      most = Math.max(most, share);
    }
    if (parts < FEWEST_PARTS) {
      return Steps.CANNOT_TELL;
    }
    return most >= FEWEST_SHARE * parts ? Steps.YES : Steps.NO;
  }

  /** Adds which share of the variance of ten seconds each pace has; false with too few readings. */
  private static boolean add(BendMinute minute, int from, double[] shares) {
    double[] lengths = new double[BINS];
    double[] seconds = new double[BINS];
    int n = 0;
    double sum = 0;
    for (int bin = from; bin < from + BINS; bin++) {
      Optional<Direction> sample = minute.sample(bin);
      if (sample.isPresent()) {
        lengths[n] = sample.get().length();
        seconds[n] = minute.millis(bin) / 1000.0;
        sum += lengths[n++];
      }
    }
    if (n < FEWEST_READINGS) {
      return false;
    }
    double variance = 0;
    for (int i = 0; i < n; i++) {
      lengths[i] -= sum / n;
      variance += lengths[i] * lengths[i];
    }
    for (int i = 0; i < shares.length && variance > 0; i++) {
      double turns = 2 * Math.PI * (SLOWEST_TENTHS + i) / 10;
      double cosines = 0;
      double sines = 0;
      for (int j = 0; j < n; j++) {
        cosines += lengths[j] * Math.cos(turns * seconds[j]);
        sines += lengths[j] * Math.sin(turns * seconds[j]);
      }
      shares[i] += 2 * (cosines * cosines + sines * sines) / n / variance;
    }
    return true;
  }
}
