package io.lumbar.alerts;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Why a step of an episode was alerted or was not; the words are fixed, other programs read them.
 */
enum Reason {
  SENT,
  /** The newest evidence is too old to speak about now. */
  STALE,
  /** Over before it could be said. */
  ENDED,
  /** Late data took the episode back. */
  RETRACTED,
  /** A higher step of the same episode is due instead. */
  SUPERSEDED,
  /** An episode of the same kind over the same time was alerted at this step. */
  ALREADY_ALERTED,
  /** The wearer said that it is not so. */
  MARKED_WRONG,
  TRAVELLING,
  IN_BED,
  NOT_WORN,
  UNKNOWN_POSTURE,
  /** On the feet since a moment, too short to count as a break yet. */
  ON_THE_FEET,
  /** Since the set-up nothing is told yet, so that the wearer's own sitting can be learnt first. */
  LISTENING,
  /** The wearer paused all alerts. */
  PAUSED,
  /** The wearer tries what alerts change, and this is a day without them. */
  EXPERIMENT,
  /** The wearer's calendar says so. */
  BUSY,
  QUIET_HOURS,
  OUTSIDE_WORKING_HOURS,
  SNOOZED,
  COOLDOWN,
  /** As many alerts of the kind as the wearer wants on a day were sent. */
  BUDGET,
  /** The wearer wants none of the kind. */
  SWITCHED_OFF,
  /** Most of the last alerts stayed unanswered, so the first step waits for a later one. */
  BACKED_OFF,
  /** By the wearer's consent, so that the effect of alerts can be told. */
  WITHHELD_AT_RANDOM,
  /** The sitting was snoozed as often as the wearer allows. */
  SNOOZE_LIMIT,
  /** The feedback at night was switched on lately and only measures yet. */
  BASELINE_WEEK,
  /** What happens asleep is told in the morning. */
  MORNING_ONLY,
  /** No alert is made of it: the report has it. */
  REPORT_ONLY,
  /** A clinician told the wearer to bend backwards, so that an arch is no reason for anything. */
  FEEDBACK_OFF;

  private static final Set<Reason> WITHHELD =
      EnumSet.of(
          TRAVELLING,
          IN_BED,
          NOT_WORN,
          UNKNOWN_POSTURE,
          LISTENING,
          PAUSED,
          EXPERIMENT,
          BUSY,
          QUIET_HOURS,
          OUTSIDE_WORKING_HOURS,
          SNOOZED,
          COOLDOWN,
          BUDGET,
          SWITCHED_OFF,
          BACKED_OFF,
          WITHHELD_AT_RANDOM);

  /** True when an alert that was due and true is held back, which the wearer's list shows. */
  boolean isWithheld() {
    return WITHHELD.contains(this);
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
