package io.lumbar.model;

/** The form of all ids. Checked by hand, because every record of every topic passes here. */
final class IdForm {
  private static final int LONGEST = 64;

  private IdForm() {}

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException when it is not 1 to 64 letters, digits, hyphens or underscores
   */
  static String require(String value) {
    boolean good = !value.isEmpty() && value.length() <= LONGEST;
    for (int i = 0; good && i < value.length(); i++) {
      char c = value.charAt(i);
      good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
    }
    if (!good) {
      throw new IllegalArgumentException("id '" + value + "' must match [A-Za-z0-9_-]{1,64}");
    }
    return value;
  }
}
