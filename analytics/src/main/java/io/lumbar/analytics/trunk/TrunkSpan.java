package io.lumbar.analytics.trunk;

import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a trunk did over [from, to) in epoch milliseconds.
 *
 * @param posture lying, not worn, or unknown when it was upright, sitting or on the feet
 * @param position the position that held; empty while turning over, or when the sensor's front is
 *     not known
 * @param headUpDegrees median pitch, on the front above the wearer's flat; empty unless lying
 * @param archDegrees median arch on the front; empty where no sensor could tell
 * @param awake false when probably asleep; of no meaning unless lying
 * @param seconds undebounced seconds of each position
 */
record TrunkSpan(
    long from,
    long to,
    Posture posture,
    Optional<SleepPosition> position,
    OptionalDouble headUpDegrees,
    OptionalDouble archDegrees,
    boolean awake,
    Map<SleepPosition, Double> seconds) {

  boolean lying() {
    return posture == Posture.LYING;
  }
}
