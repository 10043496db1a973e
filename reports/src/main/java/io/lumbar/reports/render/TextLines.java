package io.lumbar.reports.render;

import java.util.ArrayList;
import java.util.List;

/** Lines of plain text of at most 78 columns. */
final class TextLines {
  private static final int COLUMNS = 78;

  private final List<String> lines = new ArrayList<>();

  void line(String text) {
    lines.add(text);
  }

  void title(String title) {
    lines.add("");
    lines.add(title);
    lines.add("-".repeat(title.length()));
  }

  void row(String name, String value, String note) {
    lines.add("  %-28s %-16s %s".formatted(name, value, note).stripTrailing());
  }

  void sentence(String text) {
    wrapped("", "", text);
  }

  void item(String text) {
    wrapped("* ", "  ", text);
  }

  /** A text over as many lines as it takes. */
  void wrapped(String first, String others, String text) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : text.split(" ")) {
      if (line.length() > start && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        start = others.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
