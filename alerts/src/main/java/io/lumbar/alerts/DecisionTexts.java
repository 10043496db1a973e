package io.lumbar.alerts;

import io.lumbar.model.EpisodeKind;

/** The reason of a decision as a sentence for the wearer. */
final class DecisionTexts {
  private final Messages messages;

  DecisionTexts(Messages messages) {
    this.messages = messages;
  }

  String sent(EpisodeKind kind, double seconds) {
    if (kind.isToldOnce()) {
      return messages.word("sentOnce");
    }
    return messages.word("sent").replace("{minutes}", Long.toString(AlertWriter.minutes(seconds)));
  }

  String withheld(EpisodeKind kind, Reason reason, int step) {
    return because(
            kind.isAboutSensors()
                ? "notSaid"
                : kind == EpisodeKind.DEEP_BEND ? "notSaidBend" : "notSent",
            reason)
        .replace("{step}", Integer.toString(step));
  }

  String heldBack(EpisodeKind kind, int step) {
    return messages
        .word(kind.isAboutSensors() ? "keptBack" : "heldBack")
        .replace("{step}", Integer.toString(step));
  }

  /** What an alert says while alerts come later than the wearer set them. */
  String comingLater() {
    return messages.word("comingLater");
  }

  String feedbackOff() {
    return because("notTold", Reason.FEEDBACK_OFF);
  }

  String morningOnly() {
    return because("notAtNight", Reason.MORNING_ONLY);
  }

  String reportOnly(EpisodeKind kind) {
    return because(
        kind == EpisodeKind.LOAD_JUMP ? "notSaidLoad" : "notSaidBend", Reason.REPORT_ONLY);
  }

  private String because(String sentence, Reason reason) {
    return messages.word(sentence).replace("{because}", messages.because(reason));
  }
}
