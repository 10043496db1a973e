package io.lumbar.alerts.night;

import io.lumbar.model.EpisodeKind;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.util.List;

/**
 * When quiet channels are told of an arched back while it lasts. Pure.
 *
 * <p>Off by default. Position trainers that wearers keep begin with nights that only measure, wait
 * before they speak, and rise slowly; so the first week is a baseline, the position has to last ten
 * minutes, and the level rises every five.
 */
public final class NightFeedback {
  /** From switching it on to the first signal: nights to compare with. */
  public static final Duration BASELINE = Duration.ofDays(7);

  /** Minutes of the position at which a signal is given; each is one level higher. */
  public static final List<Integer> STEPS = EpisodeKind.ARCHED_MINUTES;

  private NightFeedback() {}

  /** Whether a kind is told at night to a wearer, now or after the baseline. */
  public static boolean isOn(EpisodeKind kind, WearerSettings settings) {
    StretchProfile profile = settings.stretches();
    boolean wantsArch = profile != null && profile.bendBackwards();
    return kind == EpisodeKind.ARCHED_SLEEP
        && settings.alerts().nightFeedbackFrom() != null
        && !wantsArch;
  }

  /** The level of a signal, from 1 up; minutes beyond the last step stay at its level. */
  public static int level(int minutes) {
    return (int) STEPS.stream().filter(step -> step <= minutes).count();
  }
}
