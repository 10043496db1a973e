package io.lumbar.model;

import java.util.regex.Pattern;

/** The form of a statement's id, which a client may choose. */
final class StatementId {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private StatementId() {}

  static void require(String id) {
    if (!FORM.matcher(id).matches()) {
      throw new IllegalArgumentException("id must match " + FORM.pattern());
    }
  }
}
