package io.lumbar.ingest.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a row of counts per epoch has what; -1 for what it has not.
 *
 * @param named whether a line with the columns' names comes first
 * @param date of the epoch's date, or of date and time together
 * @param time of the epoch's time, when it stands apart
 * @param steps of the steps
 * @param inclinometer the first of four columns with the seconds off, standing, sitting and lying
 */
record ActiGraphColumns(boolean named, int date, int time, int steps, int inclinometer) {
  /** Off, standing, sitting and lying. */
  static final int POSTURES = 4;

  /** Behind three axes, where the columns have no names. */
  private static final int STEPS_BARE = 3;

  /** The axes and the steps come before. */
  private static final int FEWEST_WITH_INCLINOMETER = STEPS_BARE + 1 + POSTURES;

  /** From the line behind the header, which is the names or the first row. */
  static ActiGraphColumns of(String line) {
    List<String> names = Cells.names(line);
    boolean named = names.stream().anyMatch(name -> name.startsWith("axis"));
    if (!named) {
      int cells = names.size();
      return new ActiGraphColumns(
          false,
          -1,
          -1,
          cells > STEPS_BARE ? STEPS_BARE : -1,
          cells >= FEWEST_WITH_INCLINOMETER ? cells - POSTURES : -1);
    }
    int stamp = names.indexOf("timestamp");
    List<String> postures = new ArrayList<>();
    for (String posture : List.of("off", "standing", "sitting", "lying")) {
      postures.add("inclinometer " + posture);
    }
    int inclinometer = names.indexOf(postures.get(0));
    boolean whole =
        inclinometer >= 0
            && inclinometer + POSTURES <= names.size()
            && names.subList(inclinometer, inclinometer + POSTURES).equals(postures);
    return new ActiGraphColumns(
        true,
        stamp >= 0 ? stamp : names.indexOf("date"),
        stamp >= 0 ? -1 : names.indexOf("time"),
        names.indexOf("steps"),
        whole ? inclinometer : -1);
  }

  boolean tellAnything() {
    return steps >= 0 || inclinometer >= 0;
  }

  /** How many cells a row must have. */
  int cells() {
    return 1
        + Math.max(Math.max(date, time), Math.max(steps, inclinometer < 0 ? -1 : inclinometer + 3));
  }
}
