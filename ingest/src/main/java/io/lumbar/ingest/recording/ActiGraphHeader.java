package io.lumbar.ingest.recording;

import io.lumbar.model.Placement;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ten lines with which ActiLife begins its text files, padded with commas to the number of
 * columns. Rows of raw samples follow, with or without names and with or without times.
 */
final class ActiGraphHeader {
  static final String ID = "actigraph";

  private static final int LINES = 10;
  private static final Pattern RATE = Pattern.compile("\\bat (\\d+) ?Hz", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIMB = Pattern.compile("\\bLimb: *(\\w+)");

  private ActiGraphHeader() {}

  static boolean recognises(List<String> lines) {
    return !lines.isEmpty()
        && lines.get(0).startsWith("-----")
        && lines.get(0).contains("ActiGraph");
  }

  /**
   * The layout.
   *
   * @throws UnusableFile when the file has counts per epoch and no samples, or neither times nor a
   *     rate
   */
  static CsvLayout layout(List<String> lines) throws UnusableFile {
    if (lines.size() <= LINES) {
      throw new UnusableFile("the ActiGraph file ends behind its header");
    }
    String title = lines.get(0);
    boolean dayFirst = title.contains("date format d");
    String[] names = lines.get(LINES).toLowerCase(Locale.ROOT).replace("\"", "").split(",");
    int x = column(names, "x");
    int y = column(names, "y");
    int z = column(names, "z");
    boolean named = x >= 0 && y >= 0 && z >= 0;
    int columns = names.length;
    if (!named && (columns != 3 || !lines.get(LINES).contains("."))) {
      throw new UnusableFile(
          "this ActiGraph file has counts per epoch and no raw samples; export the raw data as CSV in ActiLife");
    }
    int time = named && names[0].startsWith("time") ? 0 : -1;
    Matcher rate = RATE.matcher(title);
    double hertz = rate.find() ? Double.parseDouble(rate.group(1)) : 0;
    if (time < 0 && hertz <= 0) {
      throw new UnusableFile("the ActiGraph file tells neither times nor a rate");
    }
    return new CsvLayout(
        ID,
        ("ActiGraph " + value(lines, "Serial Number:")).trim(),
        ',',
        named ? LINES + 1 : LINES,
        time,
        time < 0 ? CsvLayout.Clock.NONE : CsvLayout.Clock.DATE,
        named ? x : 0,
        named ? y : 1,
        named ? z : 2,
        1,
        start(lines, dayFirst),
        hertz,
        dayFirst,
        limb(title));
  }

  private static int column(String[] names, String axis) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].trim().equals("accelerometer " + axis)) {
        return i;
      }
    }
    return -1;
  }

  private static long start(List<String> lines, boolean dayFirst) throws UnusableFile {
    try {
      return new WallClock(dayFirst)
          .nanos(value(lines, "Start Date") + " " + value(lines, "Start Time"));
    } catch (DateTimeException e) {
      throw new UnusableFile("the ActiGraph file's start date or time cannot be read");
    }
  }

  private static String value(List<String> lines, String name) {
    Optional<String> line =
        lines.subList(0, LINES).stream().filter(each -> each.startsWith(name)).findFirst();
    return line.map(each -> each.substring(name.length()).replaceAll("[,\"]", "").trim())
        .orElse("");
  }

  private static @Nullable Placement limb(String title) {
    Matcher limb = LIMB.matcher(title);
    if (!limb.find()) {
      return null;
    }
    return switch (limb.group(1).toLowerCase(Locale.ROOT)) {
      case "waist", "hip" -> Placement.WAIST;
      case "wrist" -> Placement.WRIST;
      case "thigh" -> Placement.THIGH;
      case "chest" -> Placement.CHEST;
      default -> null;
    };
  }
}
