package io.lumbar.analytics.evidence;

import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import org.jspecify.annotations.Nullable;

/**
 * How a lying body lies, as far as the device could tell. Degrees to a tenth, confidence to a
 * hundredth, as they are stored: finer than any sensor knows them.
 *
 * @param headUpDegrees pitch of the trunk, 0 flat
 * @param archDegrees backward arch of the lumbar spine
 * @param archConfidence 0 to 1; null as the device said it
 * @param awake a guess from stillness; null when nobody guessed
 */
public record LyingDetail(
    @Nullable SleepPosition position,
    @Nullable Double headUpDegrees,
    @Nullable Double archDegrees,
    @Nullable Double archConfidence,
    @Nullable Boolean awake) {
  /** Nothing is known. */
  public static final LyingDetail NONE = new LyingDetail(null, null, null, null, null);

  public LyingDetail {
    headUpDegrees = rounded(headUpDegrees, 10);
    archDegrees = rounded(archDegrees, 10);
    archConfidence = rounded(archConfidence, 100);
  }

  static LyingDetail of(PostureObservation posture) {
    LyingDetail detail =
        new LyingDetail(
            posture.position(),
            posture.headUpDegrees(),
            posture.archDegrees(),
            posture.archConfidence(),
            posture.awake());
    return detail.equals(NONE) ? NONE : detail;
  }

  private static @Nullable Double rounded(@Nullable Double value, int parts) {
    return value == null ? null : (double) Math.round(value * parts) / parts;
  }
}
