package io.lumbar.model;

/**
 * From where on something counts, for one wearer; changeable while running. What was published
 * before a change stays as it was until something about that time changes.
 *
 * @param silenceMinutes waking time without any data that makes an episode of it; 15 to 720
 * @param sleepMinutes least length of sleep on the front or arched; 5 to 60
 * @param archDegrees arch from which a back counts as arched; 10 to 45, since sensors on a back err
 *     by several degrees
 * @param strongArchDegrees arch from which it counts as strongly arched; more than {@code
 *     archDegrees}, at most 60
 * @param loadJumpPercent rise of a week's load against the three before it from which it is a jump;
 *     20 to 200
 */
public record DetectionSettings(
    int silenceMinutes,
    int sleepMinutes,
    int archDegrees,
    int strongArchDegrees,
    int loadJumpPercent) {

  private static final DetectionSettings DEFAULTS = new DetectionSettings(60, 10, 10, 20, 50);

  public DetectionSettings {
    require(silenceMinutes, 15, 720, "silenceMinutes");
    require(sleepMinutes, 5, 60, "sleepMinutes");
    require(archDegrees, 10, 45, "archDegrees");
    require(strongArchDegrees, archDegrees + 1, 60, "strongArchDegrees");
    require(loadJumpPercent, 20, 200, "loadJumpPercent");
  }

  /**
   * An hour of silence; ten minutes of sleep; arched from 10 degrees, strongly from 20; a jump
   * above half as much again.
   */
  public static DetectionSettings defaults() {
    return DEFAULTS;
  }

  private static void require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "detection." + name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
