package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A registered sensor or phone; random. */
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @JsonCreator
  public DeviceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("id '" + value + "' must match " + FORM.pattern());
    }
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
