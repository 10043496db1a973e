package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A registered sensor or phone; random. */
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {
  @JsonCreator
  public DeviceId {
    IdForm.require(value);
  }

  /** A new id that nobody else has. */
  public static DeviceId random() {
    return new DeviceId(RandomIds.next("d_"));
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
