package io.lumbar.analytics.simulation;

import io.lumbar.analytics.simulation.Script.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the scenes of a day, beginning in the morning. */
final class DayPlan {
  private static final int DAY = 86_400;
  private static final int NIGHT = 7 * 3600;
  private static final Activity[] NIGHT_POSITIONS = {
    Activity.LYING_SUPINE,
    Activity.LYING_LEFT,
    Activity.LYING_RIGHT,
    Activity.LYING_PRONE,
    Activity.LYING_THREE_QUARTER_PRONE
  };

  private final SplittableRandom random;
  private final List<Scene> scenes = new ArrayList<>();
  private int seconds;

  DayPlan(SplittableRandom random) {
    this.random = random;
  }

  Script from(Instant start) {
    add(Activity.STANDING, 20, 60);
    while (seconds < DAY - NIGHT - 3600) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> seatedBlock();
        case 4, 5 -> add(Activity.WALKING, 120, 1500);
        case 6, 7 -> chores();
        case 8 -> way();
        default -> {
          add(Activity.LYING_SUPINE, 600, 2400);
          add(Activity.SITTING, 20, 60);
        }
      }
      between();
    }
    night(DAY - seconds);
    return new Script(start, scenes);
  }

  private void seatedBlock() {
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      add(random.nextInt(4) == 0 ? Activity.SITTING_RECLINED : Activity.SITTING, 300, 3000);
    }
  }

  private void chores() {
    for (int parts = 3 + random.nextInt(6); parts > 0; parts--) {
      add(Activity.STANDING, 20, 300);
      switch (random.nextInt(4)) {
        case 0 -> add(random.nextBoolean() ? Activity.STOOPING : Activity.SQUATTING, 4, 7);
        case 1 -> add(Activity.SHUFFLING, 10, 40);
        default -> add(Activity.WALKING, 15, 90);
      }
    }
  }

  private void way() {
    add(Activity.WALKING, 60, 300);
    switch (random.nextInt(4)) {
      case 0 -> add(Activity.CYCLING, 300, 1200);
      case 1 -> add(Activity.RUNNING, 120, 900);
      case 2 -> add(Activity.STAIRS_UP, 15, 60);
      default -> add(Activity.STAIRS_DOWN, 15, 60);
    }
    add(Activity.WALKING, 60, 300);
  }

  /** Nobody changes from a chair to a bicycle without standing up. */
  private void between() {
    add(Activity.STANDING, 12, 90);
  }

  private void night(int left) {
    add(Activity.WALKING, 30, 60);
    add(Activity.SITTING, 60, 300);
    int end = seconds + left - 500;
    while (seconds < end) {
      add(NIGHT_POSITIONS[random.nextInt(NIGHT_POSITIONS.length)], 300, 4800);
    }
    scenes.remove(scenes.size() - 1);
    int known = scenes.stream().mapToInt(scene -> (int) scene.length().toSeconds()).sum();
    if (known < DAY) {
      scenes.add(new Scene(Activity.LYING_SUPINE, Duration.ofSeconds(DAY - known)));
    }
  }

  private void add(Activity activity, int shortest, int longest) {
    int length = shortest + random.nextInt(longest - shortest);
    scenes.add(new Scene(activity, Duration.ofSeconds(length)));
    seconds += length;
  }
}
