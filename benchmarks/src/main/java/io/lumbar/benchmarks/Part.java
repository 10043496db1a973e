package io.lumbar.benchmarks;

import io.lumbar.app.fault.UserMistake;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be measured by itself. */
enum Part {
  UPLOADS,
  ANALYTICS,
  ALERTS,
  PROCESS,
  MOTION,
  IMPORT,
  HISTORY,
  REPORTS;

  private static final String OPTION = "--only=";

  /** The parts that the arguments name, or all. */
  static Set<Part> of(List<String> arguments) {
    Set<Part> named = EnumSet.noneOf(Part.class);
    for (String argument : arguments) {
      if (argument.startsWith(OPTION)) {
        named.add(named(argument.substring(OPTION.length())));
      }
    }
    return named.isEmpty() ? EnumSet.allOf(Part.class) : named;
  }

  private static Part named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "--only takes uploads, analytics, alerts, process, motion, import, history or reports, not "
                        + name));
  }
}
