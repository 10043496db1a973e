package io.lumbar.ingest.format;

import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Posture that a phone, a watch or a house concludes; everything worn on the body outranks it. */
public final class Estimates {
  private static final Duration ACTIVITY_HOLDS = Duration.ofMinutes(10);
  private static final Duration LONGEST_SLEEP = Duration.ofHours(18);

  private Estimates() {}

  /**
   * The posture of an activity's name as phones know it, or null when the activity says nothing
   * about posture: being still is sitting, standing or a phone on the table.
   */
  public static @Nullable Posture ofActivity(String name) {
    return switch (name) {
      case "walking", "on_foot" -> Posture.WALKING;
      case "running" -> Posture.RUNNING;
      case "cycling", "on_bicycle" -> Posture.CYCLING;
      case "automotive", "in_vehicle" -> Posture.TRAVELLING;
      default -> null;
    };
  }

  /** An activity from now on, until the next one, for ten minutes at the most. */
  public static PostureObservation activity(Sender sender, Posture posture, Instant at) {
    return PostureObservation.change(
        sender.estimatedAt(at, "activity"), posture, at, ACTIVITY_HOLDS);
  }

  /**
   * Sleep, which people do lying down; how they lie no watch can tell.
   *
   * @throws Fault when the span cannot be
   */
  public static PostureObservation asleep(Item item, Sender sender, Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST_SLEEP) > 0) {
      throw item.fault("sleep must end after it starts, by at most 18 hours");
    }
    return PostureObservation.span(sender.estimatedAt(from, "sleep"), Posture.LYING, from, to);
  }
}
