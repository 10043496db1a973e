package io.lumbar.analytics.simulation;

import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a simulated person does, finer than a posture. */
public enum Activity {
  STANDING(Posture.STANDING),
  SHUFFLING(Posture.UPRIGHT),
  WALKING(Posture.WALKING),
  RUNNING(Posture.RUNNING),
  STAIRS_UP(Posture.STAIRS),
  STAIRS_DOWN(Posture.STAIRS),
  CYCLING(Posture.CYCLING),
  SITTING(Posture.SITTING),
  /** Sitting far back with the legs stretched out. */
  SITTING_RECLINED(Posture.SITTING),
  /** One bend at the hips with straight knees, down and up again, from standing. */
  STOOPING(Posture.STANDING),
  /** One bend at the knees with the trunk fairly upright, down and up again, from standing. */
  SQUATTING(Posture.STANDING),
  LYING_SUPINE(Posture.LYING, SleepPosition.SUPINE),
  LYING_PRONE(Posture.LYING, SleepPosition.PRONE),
  /** On the front, propped on the arms: the chest is raised, the pelvis is not. */
  LYING_PRONE_RAISED(Posture.LYING, SleepPosition.PRONE),
  LYING_THREE_QUARTER_PRONE(Posture.LYING, SleepPosition.THREE_QUARTER_PRONE),
  LYING_LEFT(Posture.LYING, SleepPosition.LEFT),
  LYING_RIGHT(Posture.LYING, SleepPosition.RIGHT),
  /** The sensor lies flat on a table. */
  SENSOR_OFF(Posture.NOT_WORN);

  private final Posture posture;
  private final @Nullable SleepPosition position;

  Activity(Posture posture) {
    this(posture, null);
  }

  Activity(Posture posture, @Nullable SleepPosition position) {
    this.posture = posture;
    this.position = position;
  }

  /** The posture that a detector should find. */
  public Posture posture() {
    return posture;
  }

  /** How a lying body is turned; empty for other activities. */
  public Optional<SleepPosition> position() {
    return Optional.ofNullable(position);
  }

  /** As it is written in files: lower case with hyphens. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True for activities with steps. */
  boolean hasGait() {
    return switch (this) {
      case WALKING, RUNNING, STAIRS_UP, STAIRS_DOWN -> true;
      default -> false;
    };
  }
}
