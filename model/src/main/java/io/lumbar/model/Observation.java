package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One thing that a device reported, as it stands in {@code lumbar.posture.v1} and {@code
 * lumbar.steps.v1}.
 *
 * <p>Observations form a set: order and repetition carry no meaning. The wearer is the record's
 * key.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PostureObservation.class, name = "posture"),
  @JsonSubTypes.Type(value = WornObservation.class, name = "worn"),
  @JsonSubTypes.Type(value = BatteryObservation.class, name = "battery"),
  @JsonSubTypes.Type(value = StepsObservation.class, name = "steps"),
  @JsonSubTypes.Type(value = StepCounterObservation.class, name = "step-counter"),
  @JsonSubTypes.Type(value = Barrier.class, name = "barrier")
})
public sealed interface Observation
    permits PostureObservation,
        WornObservation,
        BatteryObservation,
        StepsObservation,
        StepCounterObservation,
        Barrier {

  /** The version of the JSON form. */
  @JsonProperty("v")
  default int version() {
    return 1;
  }
}
