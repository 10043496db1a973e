package io.lumbar.ingest.format.lineprotocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of line protocol: {@code measurement,tag=value field=1i,other="text" time}. A backslash
 * takes the meaning from a comma, blank or equals sign, and inside a text from a quote.
 *
 * @param fields numbers as they stand without their letter, texts without their quotes
 * @param time null when the line has none
 */
record Line(
    String measurement,
    Map<String, String> tags,
    Map<String, String> fields,
    @Nullable String time) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static Line parse(String text) {
    return new Scanner(text).line();
  }

  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    Line line() {
      String measurement = word(", ");
      Map<String, String> tags = new HashMap<>();
      while (skip(',')) {
        String key = word("=, ");
        expect('=');
        tags.put(key, word(", "));
      }
      expect(' ');
      Map<String, String> fields = new HashMap<>();
      do {
        String key = word("=, ");
        expect('=');
        fields.put(key, value());
      } while (skip(','));
      String time = null;
      if (skip(' ')) {
        time = text.substring(at).trim();
      } else if (at < text.length()) {
        throw new IllegalArgumentException("a blank must part the fields from the time");
      }
      return new Line(measurement, tags, fields, time == null || time.isEmpty() ? null : time);
    }

    private String value() {
      if (!skip('"')) {
        String number = word(", ");
        return number.endsWith("i") || number.endsWith("u")
            ? number.substring(0, number.length() - 1)
            : number;
      }
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
        if (escaped && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      expect('"');
      return value.toString();
    }

    /** Up to one of the ends, which is not part of it. */
    private String word(String ends) {
      StringBuilder word = new StringBuilder();
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
        if (escaped && ",= ".indexOf(text.charAt(at + 1)) >= 0) {
          at++;
        }
        word.append(text.charAt(at++));
      }
      if (word.isEmpty()) {
        throw new IllegalArgumentException(
            "must be a line such as: steps count=12,seconds=60 1772442000000000000");
      }
      return word.toString();
    }

    private boolean skip(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      if (there) {
        at++;
      }
      return there;
    }

    private void expect(char c) {
      if (!skip(c)) {
        throw new IllegalArgumentException(
            "must be a line such as: steps count=12,seconds=60 1772442000000000000");
      }
    }
  }
}
