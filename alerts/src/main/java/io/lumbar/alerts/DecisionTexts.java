package io.lumbar.alerts;

/** The reason of a decision as a sentence for the wearer. */
final class DecisionTexts {
  private DecisionTexts() {}

  static String sent(double seconds) {
    return "Sent after " + AlertWriter.minutes(seconds) + " minutes.";
  }

  static String withheld(Reason reason, int step) {
    return "No alert at %d minutes: %s.".formatted(step, because(reason));
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
    };
  }
}
