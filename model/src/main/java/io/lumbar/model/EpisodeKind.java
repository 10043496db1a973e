package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** What an episode is about. */
public enum EpisodeKind {
  LONG_SITTING,
  /** Hardly any steps while worn and awake, known from steps alone. */
  INACTIVE,
  ARCHED_SLEEP,
  PRONE_SLEEP,
  DEEP_BEND,
  SUSTAINED_BEND,
  LOAD_JUMP,
  /** Nothing is heard of somebody of whom something should be. */
  DATA_SILENCE,
  /** A sensor needs charging, or has to learn how it is worn. */
  DEVICE_CARE;

  /**
   * Minutes of an arched position after which who asked for it may be told at night: the analysis
   * looks at them in time, alerts have them as steps.
   */
  public static final List<Integer> ARCHED_MINUTES = List.of(10, 15, 20);

  /** True for what concerns sensors and not the wearer's body: told once, never pressed. */
  public boolean isAboutSensors() {
    return this == DATA_SILENCE || this == DEVICE_CARE;
  }

  /** True for what is told once, whatever its length. */
  public boolean isToldOnce() {
    return this == DEVICE_CARE || this == DEEP_BEND;
  }

  /** True for what happens asleep, when nobody is to be woken. */
  public boolean isOfSleep() {
    return this == ARCHED_SLEEP || this == PRONE_SLEEP;
  }

  /** True for what no alert is made of: the report tells it. */
  public boolean isForReport() {
    return this == SUSTAINED_BEND || this == LOAD_JUMP;
  }

  /** The name used in JSON, topics, tags and pages, for example {@code long-sitting}. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException with the accepted names when the text is none of them
   */
  @JsonCreator
  public static EpisodeKind of(String wireName) {
    return WireName.parse(EpisodeKind.class, wireName);
  }
}
