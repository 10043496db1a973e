package io.lumbar.model;

import java.util.Locale;

/** How enum constants are written on the wire: lower case with hyphens, as in {@code not-worn}. */
final class WireName {
  private WireName() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(text)) {
        return constant;
      }
    }
    StringBuilder known = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      known.append(known.isEmpty() ? "" : ", ").append(of(constant));
    }
    throw new IllegalArgumentException("'" + text + "' is not one of " + known);
  }
}
