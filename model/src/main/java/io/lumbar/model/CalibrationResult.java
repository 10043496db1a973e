package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a wearer's calibrations of one sensor, as it stands in {@code
 * lumbar.calibrations.v1}; the last record per wearer, device and placement is the whole truth.
 *
 * @param standing which pose of standing still counts last; null where none was told or felt, or
 *     all were taken back
 * @param bed the newest poses in bed, learnt from or not; null where none was told or all were
 *     taken back
 * @param bedLearned when the poses in bed began that were learnt from last, which are older than
 *     {@code bed} where that was refused; null where none were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalibrationResult(
    WearerId wearer,
    DeviceId device,
    Placement placement,
    @Nullable Instant standing,
    @Nullable Bed bed,
    @Nullable Instant bedLearned) {
  public CalibrationResult {
    // Older records do not say it.
    bedLearned = bedLearned == null && bed != null && bed.accepted() ? bed.from() : bedLearned;
  }

  /**
   * Poses in the wearer's own bed.
   *
   * @param from when the first of them began
   * @param accepted true when the sensor's axes and the wearer's flat were learnt from them
   * @param refused a sentence that says what to do instead; null when accepted
   * @param flatDegrees head-up pitch flat on the front; null unless accepted
   * @param proppedDegrees how far above that the propped pose was; null unless accepted
   * @param judged how many readings of each pose are called which position with the new axes
   * @param warnings sentences about poses that are still taken for each other
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bed(
      Instant from,
      boolean accepted,
      @Nullable String refused,
      @Nullable Double flatDegrees,
      @Nullable Double proppedDegrees,
      Map<Calibration.Pose, Map<SleepPosition, Integer>> judged,
      List<String> warnings) {
    public Bed {
      judged = judged == null ? Map.of() : Map.copyOf(judged);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }

  /** The key of the record in the topic. */
  public String key() {
    return WearerPartitioner.key(wearer, device.value() + "|" + placement.wireName());
  }

  /** Whether all poses that it tells of began before an instant. */
  public boolean isBefore(Instant instant) {
    return Stream.of(standing, bed == null ? null : bed.from(), bedLearned)
        .filter(Objects::nonNull)
        .allMatch(pose -> pose.isBefore(instant));
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
