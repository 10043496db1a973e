package io.lumbar.alerts;

import io.lumbar.model.EpisodeKind;

/** The reason of a decision as a sentence for the wearer. */
final class DecisionTexts {
  private DecisionTexts() {}

  static String sent(EpisodeKind kind, double seconds) {
    return kind == EpisodeKind.DEVICE_CARE
        ? "Sent once."
        : "Sent after " + AlertWriter.minutes(seconds) + " minutes.";
  }

  static String withheld(EpisodeKind kind, Reason reason, int step) {
    return kind.isAboutSensors()
        ? "No notice about your sensors: %s.".formatted(because(reason))
        : "No alert at %d minutes: %s.".formatted(step, because(reason));
  }

  static String heldBack(EpisodeKind kind, int step) {
    return kind.isAboutSensors()
        ? "Held back, about your sensors"
        : "Held back at " + step + " minutes";
  }

  /** What an alert says while alerts come later than the wearer set them. */
  static String comingLater() {
    return "Reminders come later for now, because most of the last ten stayed without an answer;"
        + " your settings change that.";
  }

  static String feedbackOff() {
    return "Nothing is told about it: " + because(Reason.FEEDBACK_OFF) + ".";
  }

  static String morningOnly() {
    return "No alert at night: " + because(Reason.MORNING_ONLY) + ".";
  }

  private static String because(Reason reason) {
    return switch (reason) {
      case SENT -> throw new IllegalArgumentException("a sent alert was not withheld");
      case STALE -> "the newest data was more than two minutes old when it was looked at";
      case ENDED -> "it was over before an alert could be sent";
      case RETRACTED -> "data that came later showed that it did not happen like this";
      case SUPERSEDED -> "a later step was reached already and is looked at instead";
      case ALREADY_ALERTED -> "an alert about the same time was sent before";
      case MARKED_WRONG -> "you answered that this is wrong";
      case TRAVELLING -> "you were travelling";
      case IN_BED -> "you were lying down";
      case NOT_WORN -> "the sensor was not worn";
      case UNKNOWN_POSTURE -> "your posture was not known";
      case ON_THE_FEET -> "you had just stood up";
      case QUIET_HOURS -> "it fell into your quiet hours";
      case SNOOZED -> "alerts were snoozed";
      case COOLDOWN -> "another alert was sent shortly before";
      case LISTENING -> "the first days only listen, as you chose";
      case BUSY -> "your calendar has you busy at that time";
      case PAUSED -> "you paused all alerts";
      case OUTSIDE_WORKING_HOURS -> "it fell outside your working hours";
      case BUDGET -> "you had as many alerts of this kind today as your settings allow";
      case BACKED_OFF ->
          "most of the last ten alerts stayed without an answer, so they come later for now;"
              + " alerts.backOff in the settings turns this off";
      case WITHHELD_AT_RANDOM ->
          "it was held back at random, as you agreed, to learn what alerts change";
      case SNOOZE_LIMIT -> "this sitting was snoozed as often as your settings allow";
      case MORNING_ONLY -> "what happens asleep is told in the morning";
      case FEEDBACK_OFF ->
          "your stretch profile says that your clinician told you to bend backwards";
    };
  }
}
