package io.lumbar.alerts;

import java.util.Locale;

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
  QUIET_HOURS,
  SNOOZED,
  COOLDOWN;

  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
