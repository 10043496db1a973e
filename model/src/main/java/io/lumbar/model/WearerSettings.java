package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer may set, changeable while running.
 *
 * @param longSittingMinutes sitting that raises the first alert; 20 to 120
 * @param repeatMinutes further sitting until the second step; 5 to 60
 * @param awakeFrom start of the hours in which too few steps mean inactivity rather than sleep
 * @param awakeTo end of those hours; an earlier time than {@code awakeFrom} runs over midnight
 * @param quietFrom start of the daily quiet hours, or null for none
 * @param quietTo end of the quiet hours; an earlier time than {@code quietFrom} runs over midnight
 * @param stretches which exercises suit the wearer; null when nothing was said
 * @param alerts the manners of alerts; records from before there were any have the defaults
 * @param reports where reports are mailed to; null for nowhere
 * @param sharingPausedUntil until when nobody but the wearer reads what was measured; null for no
 *     pause
 * @param detection from where on something counts
 */
public record WearerSettings(
    int longSittingMinutes,
    int repeatMinutes,
    LocalTime awakeFrom,
    LocalTime awakeTo,
    @Nullable LocalTime quietFrom,
    @Nullable LocalTime quietTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StretchProfile stretches,
    AlertSettings alerts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReportSettings reports,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant sharingPausedUntil,
    DetectionSettings detection) {

  private static final int[] HIGHER_LEVELS = {60, 75, 90};

  public WearerSettings {
    require(longSittingMinutes, 20, 120, "longSittingMinutes");
    require(repeatMinutes, 5, 60, "repeatMinutes");
    if ((quietFrom == null) != (quietTo == null)) {
      throw new IllegalArgumentException("quietFrom and quietTo go together");
    }
    alerts = alerts == null ? AlertSettings.defaults() : alerts;
    detection = detection == null ? DetectionSettings.defaults() : detection;
  }

  /** Settings with the default manners, of a wearer who said nothing about exercises. */
  public WearerSettings(
      int longSittingMinutes,
      int repeatMinutes,
      LocalTime awakeFrom,
      LocalTime awakeTo,
      @Nullable LocalTime quietFrom,
      @Nullable LocalTime quietTo) {
    this(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        null,
        AlertSettings.defaults(),
        null,
        null,
        DetectionSettings.defaults());
  }

  /** Whether nobody but the wearer reads now. */
  public boolean pausesSharing(Instant now) {
    return sharingPausedUntil != null && now.isBefore(sharingPausedUntil);
  }

  /** The same with another pause of sharing. */
  public WearerSettings withSharingPausedUntil(@Nullable Instant until) {
    return new WearerSettings(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        stretches,
        alerts,
        reports,
        until,
        detection);
  }

  /** Without a pause of sharing. */
  public WearerSettings(
      int longSittingMinutes,
      int repeatMinutes,
      LocalTime awakeFrom,
      LocalTime awakeTo,
      @Nullable LocalTime quietFrom,
      @Nullable LocalTime quietTo,
      @Nullable StretchProfile stretches,
      AlertSettings alerts,
      @Nullable ReportSettings reports) {
    this(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        stretches,
        alerts,
        reports,
        null,
        DetectionSettings.defaults());
  }

  /** Alerts at 30 and 45 minutes, awake from 7 to 22, no quiet hours. */
  public static WearerSettings defaults() {
    return new WearerSettings(30, 15, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null);
  }

  /** The same with other manners. */
  public WearerSettings withAlerts(AlertSettings others) {
    return new WearerSettings(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        stretches,
        others,
        reports,
        sharingPausedUntil,
        detection);
  }

  /** The same with other thresholds. */
  public WearerSettings withDetection(DetectionSettings others) {
    return new WearerSettings(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        stretches,
        alerts,
        reports,
        sharingPausedUntil,
        others);
  }

  /** The same, judged by what held at some other time. */
  WearerSettings withThresholds(Thresholds others) {
    return new WearerSettings(
        others.longSittingMinutes(),
        others.repeatMinutes(),
        others.awakeFrom(),
        others.awakeTo(),
        quietFrom,
        quietTo,
        stretches,
        alerts,
        reports,
        sharingPausedUntil,
        others.detection());
  }

  /** The same with another place for reports. */
  public WearerSettings withReports(@Nullable ReportSettings others) {
    return new WearerSettings(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        stretches,
        alerts,
        others,
        sharingPausedUntil,
        detection);
  }

  /** The same with another profile for exercises. */
  public WearerSettings withStretches(@Nullable StretchProfile profile) {
    return new WearerSettings(
        longSittingMinutes,
        repeatMinutes,
        awakeFrom,
        awakeTo,
        quietFrom,
        quietTo,
        profile,
        alerts,
        reports,
        sharingPausedUntil,
        detection);
  }

  /**
   * Minutes of sitting at which the level of a long sitting rises, ascending: the two steps that
   * the wearer set, and above them 60, 75 and 90.
   */
  public List<Integer> longSittingLevels() {
    List<Integer> levels = new ArrayList<>();
    levels.add(longSittingMinutes);
    levels.add(longSittingMinutes + repeatMinutes);
    for (int level : HIGHER_LEVELS) {
      if (level > levels.get(levels.size() - 1)) {
        levels.add(level);
      }
    }
    return levels;
  }

  private static void require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
