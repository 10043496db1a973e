package io.lumbar.model;

import java.time.LocalTime;

/**
 * The part of a wearer's settings by which the analysis judges, as it held for some time.
 *
 * @param longSittingMinutes as in {@link WearerSettings}
 * @param repeatMinutes as in {@link WearerSettings}
 * @param awakeFrom as in {@link WearerSettings}
 * @param awakeTo as in {@link WearerSettings}
 * @param detection as in {@link WearerSettings}
 */
public record Thresholds(
    int longSittingMinutes,
    int repeatMinutes,
    LocalTime awakeFrom,
    LocalTime awakeTo,
    DetectionSettings detection) {

  /** Those of some settings. */
  public static Thresholds of(WearerSettings settings) {
    return new Thresholds(
        settings.longSittingMinutes(),
        settings.repeatMinutes(),
        settings.awakeFrom(),
        settings.awakeTo(),
        settings.detection());
  }
}
