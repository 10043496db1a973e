package io.lumbar.reports.render;

import java.util.Locale;
import java.util.regex.Pattern;

/** Escapes texts and writes numbers for markup. */
final class Html {
  private Html() {}

  /** Blanks inside a length of time, where no line should break. */
  private static final Pattern INSIDE_A_LENGTH =
      Pattern.compile("(?<=\\d) (?=(?:h|min)\\b)|(?<=\\d h) (?=\\d)");

  /** A text that may stand between tags and in quoted attributes. */
  static String text(String text) {
    String bound = INSIDE_A_LENGTH.matcher(text).replaceAll("\u00a0");
    StringBuilder safe = new StringBuilder(bound.length() + 16);
    for (int i = 0; i < bound.length(); i++) {
      char c = bound.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** A coordinate with at most two decimals, without needless zeros. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
