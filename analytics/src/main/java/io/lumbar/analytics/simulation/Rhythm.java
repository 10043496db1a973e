package io.lumbar.analytics.simulation;

import io.lumbar.analytics.simulation.Script.Scene;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When a simulated person steps or pedals: the same for all sensors of that person, at any rate.
 *
 * <p>A whole number of the phase is a landing.
 */
final class Rhythm {
  private static final double GRID_SECONDS = 0.05;
  private static final double PACE_MEMORY_SECONDS = 5;
  private static final double PACE_SPREAD = 0.03;

  private final List<Scene> scenes;
  private final long seed;
  private final Wobble pace;
  private int scene = -1;
  private double sceneEnd;
  private Gait gait = Gait.NONE;
  private long ticks;
  private double phase;
  private double rate;

  Rhythm(Script script, long seed) {
    scenes = script.scenes();
    this.seed = seed;
    pace = new Wobble(new SplittableRandom(seed * 31 + 7), PACE_MEMORY_SECONDS);
    look();
  }

  /** How a limb moves in a scene; how often is the same for all limbs. */
  Gait gait(int number, Limb limb) {
    return Gait.of(
        scenes.get(number).activity(), limb, new SplittableRandom(seed * 1_000_003 + number));
  }

  /** The phase at a time in seconds from the start; times must not go back. */
  double phaseAt(double at) {
    while ((ticks + 1) * GRID_SECONDS <= at) {
      phase += GRID_SECONDS * rate;
      ticks++;
      look();
    }
    return phase + (at - ticks * GRID_SECONDS) * rate;
  }

  private void look() {
    while (ticks * GRID_SECONDS >= sceneEnd && scene + 1 < scenes.size()) {
      scene++;
      sceneEnd += scenes.get(scene).length().toMillis() / 1000.0;
      gait = gait(scene, Limb.THIGH);
    }
    rate = gait.stepsPerSecond() * (1 + PACE_SPREAD * pace.next(GRID_SECONDS));
  }
}
