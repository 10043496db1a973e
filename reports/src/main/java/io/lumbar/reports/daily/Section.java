package io.lumbar.reports.daily;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a report that is there, or that is missing for a reason that a person can read.
 *
 * @param value null when missing
 * @param absent why it is missing, null when it is there
 */
public record Section<T>(@Nullable T value, @Nullable String absent) {

  public Section {
    if ((value == null) == (absent == null)) {
      throw new IllegalArgumentException("a section has either a value or a reason");
    }
  }

  public static <T> Section<T> of(T value) {
    return new Section<>(value, null);
  }

  public static <T> Section<T> absent(String reason) {
    return new Section<>(null, reason);
  }

  public boolean isPresent() {
    return value != null;
  }

  /** What is there, or nothing. */
  public Optional<T> optional() {
    return Optional.ofNullable(value);
  }

  /** One of two texts, as the section is there or missing. */
  public <R> R fold(Function<T, R> present, Function<String, R> missing) {
    return value != null
        ? present.apply(value)
        : missing.apply(Objects.requireNonNull(absent, "absent"));
  }
}
