package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a wearer says about their body, so that exercises which do not suit it are left out. */
public enum HealthCondition {
  PREGNANT,
  /** From the 28th week on. */
  PREGNANT_LATE,
  AFTER_BIRTH,
  OSTEOPOROSIS,
  STENOSIS,
  SPONDYLOLISTHESIS,
  /** A fused spine, or an operation of the back lately. */
  SURGERY,
  HIP_REPLACEMENT,
  /** Advice for this wearer never says "stand up". */
  CANNOT_STAND,
  FORWARD_HURTS,
  BACKWARD_HURTS;

  /** The name used in records and answers, for example {@code hip-replacement}. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException when the text is none of them
   */
  @JsonCreator
  public static HealthCondition of(String wireName) {
    return Arrays.stream(values())
        .filter(condition -> condition.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "conditions: '"
                        + wireName
                        + "' is not known; use "
                        + Arrays.stream(values())
                            .map(HealthCondition::wireName)
                            .collect(Collectors.joining(", "))));
  }
}
