package io.lumbar.analytics.simulation;

import java.util.SplittableRandom;

/**
 * Rhythmic movement of one scene: how often, how far the limb swings, how hard it lands.
 *
 * @param stepsPerSecond steps, or for cycling strokes of both legs
 * @param bounce first harmonic of the vertical acceleration in g
 * @param surge the same along the way
 * @param sway sideways, at half the rate
 * @param swingDegrees how far the limb swings to each side, at half the rate
 * @param strike shock at landing in g
 * @param restless irregular movement in g
 */
record Gait(
    double stepsPerSecond,
    double bounce,
    double surge,
    double sway,
    double swingDegrees,
    double strike,
    double restless) {

  static final Gait NONE = new Gait(1, 0, 0, 0, 0, 0, 0);

  static Gait of(Activity activity, Limb limb, SplittableRandom random) {
    double vigour = random.nextDouble(0.8, 1.2);
    Gait gait =
        switch (activity) {
          case WALKING -> new Gait(random.nextDouble(1.6, 2.1), 0.26, 0.12, 0.08, 20, 0.45, 0.02);
          case RUNNING -> new Gait(random.nextDouble(2.5, 2.9), 1.1, 0.3, 0.2, 32, 0.8, 0.05);
          case STAIRS_UP -> new Gait(random.nextDouble(1.4, 1.8), 0.22, 0.1, 0.08, 22, 0.4, 0.03);
          case STAIRS_DOWN ->
              new Gait(random.nextDouble(1.6, 2.0), 0.34, 0.12, 0.08, 16, 0.6, 0.03);
          case CYCLING -> new Gait(random.nextDouble(2.2, 3.0), 0.02, 0.02, 0.03, 24, 0, 0.04);
          case SHUFFLING -> new Gait(1, 0, 0, 0, 0, 0, 0.075);
          default -> NONE;
        };
    double swing =
        switch (limb) {
          case THIGH -> gait.swingDegrees;
          case FOREARM -> activity == Activity.CYCLING ? 0 : gait.swingDegrees;
          case CHEST, PELVIS -> Math.min(2, gait.swingDegrees);
        };
    return new Gait(
        gait.stepsPerSecond,
        gait.bounce * vigour,
        gait.surge * vigour,
        gait.sway * vigour,
        swing * vigour,
        gait.strike * vigour * (limb == Limb.FOREARM ? 0.3 : 1),
        gait.restless);
  }
}
