package io.lumbar.analytics.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a person does, scene after scene without a pause.
 *
 * <p>A change of position takes a second or two; the border between two scenes is its middle.
 */
public record Script(Instant start, List<Scene> scenes) {

  /** One activity for some time. */
  public record Scene(Activity activity, Duration length) {
    public Scene {
      if (length.isZero() || length.isNegative()) {
        throw new IllegalArgumentException("a scene must have a length, not " + length);
      }
    }
  }

  /** What was so over [from, to). */
  public record Truth(Instant from, Instant to, Activity activity) {}

  public Script {
    scenes = List.copyOf(scenes);
    if (scenes.isEmpty()) {
      throw new IllegalArgumentException("a script needs a scene");
    }
  }

  /** A script that starts with nothing; {@link #then} adds to it. */
  public static Script of(Instant start, Activity activity, Duration length) {
    return new Script(start, List.of(new Scene(activity, length)));
  }

  /** This script and one scene more. */
  public Script then(Activity activity, Duration length) {
    List<Scene> longer = new ArrayList<>(scenes);
    longer.add(new Scene(activity, length));
    return new Script(start, longer);
  }

  /** The beginning of this script, or all of it when it is no longer than that. */
  public Script first(Duration length) {
    List<Scene> kept = new ArrayList<>();
    Duration left = length;
    for (Scene scene : scenes) {
      if (left.isZero()) {
        break;
      }
      Duration part = scene.length().compareTo(left) < 0 ? scene.length() : left;
      kept.add(new Scene(scene.activity(), part));
      left = left.minus(part);
    }
    return new Script(start, kept);
  }

  /** The truth, one entry per scene, in order. */
  public List<Truth> truth() {
    List<Truth> truth = new ArrayList<>(scenes.size());
    Instant at = start;
    for (Scene scene : scenes) {
      Instant end = at.plus(scene.length());
      truth.add(new Truth(at, end, scene.activity()));
      at = end;
    }
    return truth;
  }

  public Duration length() {
    return scenes.stream().map(Scene::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** 24 hours of somebody with a desk job: a night, ways on foot, sitting with breaks, chores. */
  public static Script day(Instant start, long seed) {
    return new DayPlan(new SplittableRandom(seed)).from(start);
  }
}
