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
 * columns. Rows of raw samples or of counts per epoch follow, with or without names and with or
 * without times.
 */
public final class ActiGraphHeader {
  static final String ID = "actigraph";

  /** How many lines stand before the first row, or before the names of its columns. */
  public static final int LINES = 10;

  private static final Pattern RATE = Pattern.compile("\\bat (\\d+) ?Hz", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIMB = Pattern.compile("\\bLimb: *(\\w+)");

  private ActiGraphHeader() {}

  /** Whether a text that begins so is one of ActiLife's. */
  public static boolean recognises(List<String> lines) {
    return !lines.isEmpty()
        && lines.get(0).startsWith("-----")
        && lines.get(0).contains("ActiGraph");
  }

  /** Whether raw samples follow; otherwise they are counts per epoch. */
  public static boolean hasSamples(List<String> lines) {
    String[] names = names(lines);
    return isNamed(names) || (names.length == 3 && lines.get(LINES).contains("."));
  }

  /** What to call the device. */
  public static String device(List<String> lines) {
    return ("ActiGraph " + value(lines, "Serial Number:")).trim();
  }

  /** The date and time of the first row, as they stand there. */
  public static String start(List<String> lines) {
    return value(lines, "Start Date") + " " + value(lines, "Start Time");
  }

  /** Whether the day stands before the month, by the first line. */
  public static boolean isDayFirst(List<String> lines) {
    return lines.get(0).contains("date format d");
  }

  /** The length of an epoch as {@code 00:00:05}; empty when it does not stand there. */
  public static String epoch(List<String> lines) {
    return value(lines, "Epoch Period (hh:mm:ss)");
  }

  /** Where the sensor was worn, if the first line says so. */
  public static @Nullable Placement placement(List<String> lines) {
    return limb(lines.get(0));
  }

  private static String[] names(List<String> lines) {
    return lines.size() <= LINES
        ? new String[0]
        : lines.get(LINES).toLowerCase(Locale.ROOT).replace("\"", "").split(",");
  }

  private static boolean isNamed(String[] names) {
    return column(names, "x") >= 0 && column(names, "y") >= 0 && column(names, "z") >= 0;
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
    boolean dayFirst = isDayFirst(lines);
    String[] names = names(lines);
    boolean named = isNamed(names);
    if (!hasSamples(lines)) {
      throw new UnusableFile(
          "this ActiGraph file has counts per epoch and no raw samples: leave --format out, or name actigraph-epochs");
    }
    int time = named && names[0].startsWith("time") ? 0 : -1;
    Matcher rate = RATE.matcher(title);
    double hertz = rate.find() ? Double.parseDouble(rate.group(1)) : 0;
    if (time < 0 && hertz <= 0) {
      throw new UnusableFile("the ActiGraph file tells neither times nor a rate");
    }
    return new CsvLayout(
        ID,
        device(lines),
        ',',
        named ? LINES + 1 : LINES,
        time,
        time < 0 ? CsvLayout.Clock.NONE : CsvLayout.Clock.DATE,
        0,
        null,
        named ? column(names, "x") : 0,
        named ? column(names, "y") : 1,
        named ? column(names, "z") : 2,
        1,
        start(lines, dayFirst),
        hertz,
        dayFirst ? CsvLayout.DateOrders.DAY_FIRST : CsvLayout.DateOrders.MONTH_FIRST,
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
      return new WallClock(dayFirst).nanos(start(lines));
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
