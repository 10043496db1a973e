package io.lumbar.app.cli;

/** The result of one check: what is, and what to do about it. */
record Finding(State state, String subject, String sentence) {

  /** How bad it is. */
  enum State {
    FINE("ok"),
    /** Works, with a limit worth knowing. */
    NOTE("note"),
    BROKEN("BROKEN");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  static Finding fine(String subject, String sentence) {
    return new Finding(State.FINE, subject, sentence);
  }

  static Finding note(String subject, String sentence) {
    return new Finding(State.NOTE, subject, sentence);
  }

  static Finding broken(String subject, String sentence) {
    return new Finding(State.BROKEN, subject, sentence);
  }

  String line() {
    return "%-7s %-13s %s".formatted(state.word, subject, sentence);
  }
}
