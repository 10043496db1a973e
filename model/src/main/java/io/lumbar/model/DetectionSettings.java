package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * From where on something counts, for one wearer; changeable while running. What was measured
 * before a change is judged by what held then ({@link Wearer#settingsAt}).
 *
 * @param silenceMinutes waking time without any data that makes an episode of it; 15 to 720
 * @param sleepMinutes least length of sleep on the front or arched; 5 to 60
 * @param archDegrees arch from which a back counts as arched; 10 to 45, since sensors on a back err
 *     by several degrees
 * @param strongArchDegrees arch from which it counts as strongly arched; more than {@code
 *     archDegrees}, at most 60
 * @param loadJumpPercent rise of a week's load against the three before it from which it is a jump;
 *     20 to 200
 * @param deepBendDegrees forward bend of the trunk from which it is told as a deep one; 45 to 120
 * @param bendHoldPercent share of the holding time of ISO 11226 beyond which a bend is told as a
 *     sustained one; 25 to 200
 */
public record DetectionSettings(
    int silenceMinutes,
    int sleepMinutes,
    int archDegrees,
    int strongArchDegrees,
    int loadJumpPercent,
    int deepBendDegrees,
    int bendHoldPercent) {

  private static final DetectionSettings DEFAULTS =
      new DetectionSettings(60, 10, 10, 20, 50, 60, 100);

  public DetectionSettings {
    require(silenceMinutes, 15, 720, "silenceMinutes");
    require(sleepMinutes, 5, 60, "sleepMinutes");
    require(archDegrees, 10, 45, "archDegrees");
    require(strongArchDegrees, archDegrees + 1, 60, "strongArchDegrees");
    require(loadJumpPercent, 20, 200, "loadJumpPercent");
    require(deepBendDegrees, 45, 120, "deepBendDegrees");
    require(bendHoldPercent, 25, 200, "bendHoldPercent");
  }

  /** As it is read: what a record from before there was a threshold lacks has its default. */
  @JsonCreator
  static DetectionSettings read(
      @JsonProperty("silenceMinutes") @Nullable Integer silenceMinutes,
      @JsonProperty("sleepMinutes") @Nullable Integer sleepMinutes,
      @JsonProperty("archDegrees") @Nullable Integer archDegrees,
      @JsonProperty("strongArchDegrees") @Nullable Integer strongArchDegrees,
      @JsonProperty("loadJumpPercent") @Nullable Integer loadJumpPercent,
      @JsonProperty("deepBendDegrees") @Nullable Integer deepBendDegrees,
      @JsonProperty("bendHoldPercent") @Nullable Integer bendHoldPercent) {
    return new DetectionSettings(
        or(silenceMinutes, DEFAULTS.silenceMinutes),
        or(sleepMinutes, DEFAULTS.sleepMinutes),
        or(archDegrees, DEFAULTS.archDegrees),
        or(strongArchDegrees, DEFAULTS.strongArchDegrees),
        or(loadJumpPercent, DEFAULTS.loadJumpPercent),
        or(deepBendDegrees, DEFAULTS.deepBendDegrees),
        or(bendHoldPercent, DEFAULTS.bendHoldPercent));
  }

  /**
   * An hour of silence; ten minutes of sleep; arched from 10 degrees, strongly from 20; a jump
   * above half as much again; deep bends from 60 degrees; held for as long as ISO 11226 has it.
   */
  public static DetectionSettings defaults() {
    return DEFAULTS;
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static void require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "detection." + name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
