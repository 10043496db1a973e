package io.lumbar.alerts;

import io.lumbar.model.EpisodeKind;

/** The reason of a decision as a sentence for the wearer. */
final class DecisionTexts {
  private final Messages messages;
  private final boolean tried;

  /**
   * Sentences in one language.
   *
   * @param tried whether nothing is sent, so that all of it only would have been
   */
  DecisionTexts(Messages messages, boolean tried) {
    this.messages = messages;
    this.tried = tried;
  }

  String sent(EpisodeKind kind, double seconds) {
    if (kind.isToldOnce()) {
      return word("sentOnce");
    }
    return word("sent").replace("{minutes}", Long.toString(AlertWriter.minutes(seconds)));
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
    return messages.word(sentence).replace("{because}", why(reason));
  }

  private String word(String key) {
    return tried ? messages.tried(key).orElseGet(() -> messages.word(key)) : messages.word(key);
  }

  private String why(Reason reason) {
    return tried
        ? messages.tried(reason.wireName()).orElseGet(() -> messages.because(reason))
        : messages.because(reason);
  }
}
