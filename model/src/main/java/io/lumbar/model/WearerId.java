package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The wearer in topics and stores: random, so that no name reaches Kafka's keys. */
public record WearerId(@JsonValue String value) implements Comparable<WearerId> {
  @JsonCreator
  public WearerId {
    IdForm.require(value);
  }

  /** A new id that nobody else has. */
  public static WearerId random() {
    return new WearerId(RandomIds.next("w_"));
  }

  @Override
  public int compareTo(WearerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
