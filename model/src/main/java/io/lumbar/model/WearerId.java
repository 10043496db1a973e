package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The wearer in topics and stores: random, so that no name reaches Kafka's keys. */
public record WearerId(@JsonValue String value) implements Comparable<WearerId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @JsonCreator
  public WearerId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("id '" + value + "' must match " + FORM.pattern());
    }
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
