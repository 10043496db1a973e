package io.lumbar.analytics.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A signal over time with what a detector made of it, as an SVG for the docs. */
public final class Picture {
  private static final int WIDTH = 900;
  private static final int LEFT = 60;
  private static final int RIGHT = 30;
  private static final int HEIGHT = 220;
  private static final int BAND = 26;
  private static final String[] COLOURS = {"#31688e", "#d1495b", "#66806a", "#8d6a9f"};
  private static final String[] FILLS = {"#cfe3f1", "#f6d5d9", "#dfe8d8", "#e8dff0", "#f5ecd0"};

  private final String title;
  private final double seconds;
  private final double least;
  private final double most;
  private final StringBuilder body = new StringBuilder();
  private final List<String> known = new ArrayList<>();
  private int lines;

  /** A picture of an angle in degrees. */
  public Picture(String title, double seconds, double least, double most) {
    this(title, seconds, least, most, most - least > 120 ? 45 : 15, "°");
  }

  /** A picture of something in a unit, with a line every {@code step} of it. */
  public Picture(
      String title, double seconds, double least, double most, double step, String unit) {
    this.title = title;
    this.seconds = seconds;
    this.least = least;
    this.most = most;
    String form = step == Math.rint(step) ? "%.0f" : "%.1f";
    for (double value = Math.ceil(least / step) * step; value <= most; value += step) {
      add(
          "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add(
          "<text x='%d' y='%.1f' text-anchor='end'>%s%s</text>",
          LEFT - 8, y(value) + 4, String.format(Locale.ROOT, form, value), unit);
    }
    for (int i = 0; i <= 6; i++) {
      double at = seconds * i / 6;
      String text =
          seconds > 600
              ? String.format(Locale.ROOT, "%.0f min", at / 60)
              : String.format(Locale.ROOT, "%.0f s", at);
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
          x(at), 40 + HEIGHT + BAND + 22, text);
    }
  }

  /** A line of (second, degrees); a jump of half a turn lifts the pen. */
  public Picture line(String name, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    double before = Double.NaN;
    for (double[] point : points) {
      boolean lifted = Double.isNaN(before) || Math.abs(point[1] - before) > 180;
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", lifted ? "M" : "L", x(point[0]), y(point[1])));
      before = point[1];
    }
    String colour = COLOURS[lines];
    add("<path d='%s' fill='none' stroke='%s' stroke-width='1.4'/>", path, colour);
    add("<text x='%d' y='34' fill='%s'>%s</text>", LEFT + 190 * lines++, colour, name);
    return this;
  }

  /** What the detector said over some seconds. */
  public Picture said(double from, double to, String what) {
    if (!known.contains(what)) {
      known.add(what);
    }
    add(
        "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s'/>",
        x(from), 40 + HEIGHT, x(to) - x(from), BAND, FILLS[known.indexOf(what) % FILLS.length]);
    if (x(to) - x(from) > 4.5 * what.length()) {
      add(
          "<text x='%.1f' y='%d' text-anchor='middle' font-size='10'>%s</text>",
          (x(from) + x(to)) / 2, 40 + HEIGHT + 17, what);
    }
    return this;
  }

  public String svg() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'"
            + " font-family='sans-serif' font-size='12'>%n<title>%s</title>%n"
            + "<rect width='100%%' height='100%%' fill='white'/>%n"
            + "<text x='%d' y='16' font-weight='bold'>%s</text>%n%s</svg>%n",
        WIDTH,
        HEIGHT + BAND + 70,
        title,
        LEFT,
        title,
        body);
  }

  private double x(double second) {
    return LEFT + (double) (WIDTH - RIGHT - LEFT) * second / seconds;
  }

  private double y(double degrees) {
    return 40 + HEIGHT * (most - degrees) / (most - least);
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
