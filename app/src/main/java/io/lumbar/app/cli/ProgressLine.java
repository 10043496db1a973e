package io.lumbar.app.cli;

import java.io.PrintWriter;

/**
 * What is being done, in one line that is drawn over in a terminal; elsewhere, such as in a log, a
 * line for each change.
 */
final class ProgressLine {
  private final PrintWriter out;
  private final boolean terminal;
  private String shown = "";

  ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether a new line takes the place of the old one. */
  boolean drawsOver() {
    return terminal;
  }

  /** Shows a line unless it stands there. */
  void show(String line) {
    if (line.equals(shown)) {
      return;
    }
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
    } else {
      out.println(line);
    }
    out.flush();
    shown = line;
  }

  /** Makes room for other output. */
  void clear() {
    if (terminal) {
      out.print("\r" + " ".repeat(shown.length()) + "\r");
      out.flush();
    }
    shown = "";
  }
}
