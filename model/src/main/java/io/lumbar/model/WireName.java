package io.lumbar.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How enum constants are written on the wire: lower case with hyphens, as in {@code not-worn}. */
final class WireName {
  /** Spelled once per type: every record that is read or written asks for several. */
  private static final ClassValue<Names> NAMES =
      new ClassValue<>() {
        @Override
        protected Names computeValue(Class<?> type) {
          return Names.of((Enum<?>[]) type.getEnumConstants());
        }
      };

  private WireName() {}

  private record Names(List<String> ofOrdinal, Map<String, Enum<?>> constants) {
    static Names of(Enum<?>[] all) {
      List<String> names = new ArrayList<>();
      Map<String, Enum<?>> constants = new HashMap<>();
      for (Enum<?> each : all) {
        String name = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
        names.add(name);
        constants.put(name, each);
      }
      return new Names(List.copyOf(names), Map.copyOf(constants));
    }
  }

  static String of(Enum<?> constant) {
    return NAMES.get(constant.getDeclaringClass()).ofOrdinal.get(constant.ordinal());
  }

  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    Names names = NAMES.get(type);
    Enum<?> constant = names.constants.get(text);
    if (constant == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not one of " + String.join(", ", names.ofOrdinal));
    }
    return type.cast(constant);
  }
}
