package io.lumbar.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Words for refusals: what was meant, what is accepted. */
final class Spelling {
  /** How the sentence about a field begins that is none of ours. */
  static final String UNKNOWN_FIELD = "unknown field";

  private static final int LONGEST_QUOTE = 40;

  private Spelling() {}

  /** A fault of the form {@code field: sentence}. */
  static String unknownField(String field, List<String> known) {
    String shown = clip(field);
    for (String candidate : known) {
      if (distance(field.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT)) <= 2) {
        return shown + ": " + UNKNOWN_FIELD + "; did you mean " + candidate + "?";
      }
    }
    return shown + ": " + UNKNOWN_FIELD + "; known are " + String.join(", ", known);
  }

  /** A quote of what was sent, short and on one line; without the mark that parts a fault. */
  static String clip(String text) {
    String line = text.replaceAll("[\\p{Cntrl}:]", " ");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }

  static <E> String wireNames(E[] values, Function<E, String> name) {
    return String.join(", ", Arrays.stream(values).map(name).toList());
  }

  /** Levenshtein; long words are just far away. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return 3;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
