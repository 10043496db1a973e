package io.lumbar.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A signal over time with what a detector made of it, as an SVG for the docs: a line or more, a
 * band of what was said under them, and its colours by name. Made to be read on a phone, in light
 * and dark.
 */
public final class Picture {
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final int WIDTH = 560;
  private static final int LEFT = 48;
  private static final int RIGHT = 26;
  private static final int TOP = 62;
  private static final int HEIGHT = 190;
  private static final int BAND = 26;
  private static final int TICKS = TOP + HEIGHT + BAND + 20;
  private static final int KEY = TICKS + 28;
  private static final int KEY_LINE = 24;
  private static final double LETTER = 7;
  private static final int MOST_TICKS = 6;
  private static final int[] TICK_SECONDS = {
    1, 2, 5, 10, 20, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800
  };

  private static final String STYLE =
      """
      <style>
      text { fill: #22302d; } .paper { fill: #fff; } .grid { stroke: #d9dedb; }
      .l0 { stroke: #31688e; } .l1 { stroke: #c2410c; }
      text.l0 { fill: #31688e; stroke: none; } text.l1 { fill: #c2410c; stroke: none; }
      .s0 { fill: #cfe3f1; } .s1 { fill: #f3dcae; } .s2 { fill: #cfe6d4; } .s3 { fill: #e6d9f0; }
      .s4 { fill: #f6d0d4; } .s5 { fill: #d5d8da; } .s6 { fill: #b9e3e0; } .s7 { fill: #ead3c0; }
      .s8 { fill: #e3e8b8; }
      @media (prefers-color-scheme: dark) {
      text { fill: #dfe6e3; } .paper { fill: #15201d; } .grid { stroke: #33423d; }
      .l0 { stroke: #8ac4ec; } .l1 { stroke: #f0a36b; }
      text.l0 { fill: #8ac4ec; } text.l1 { fill: #f0a36b; }
      .s0 { fill: #26485f; } .s1 { fill: #5c4a1c; } .s2 { fill: #28513a; } .s3 { fill: #4a3a5e; }
      .s4 { fill: #64323a; } .s5 { fill: #434b4e; } .s6 { fill: #1f5350; } .s7 { fill: #5a412d; }
      .s8 { fill: #4c5222; }
      }
      </style>
      """;

  private final String title;
  private final double seconds;
  private final double least;
  private final double most;
  private final StringBuilder body = new StringBuilder();
  private final List<String> known = new ArrayList<>();
  private double lineNamesEnd = LEFT;
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
    String form = step == Math.rint(step) ? "%.0f%s" : "%.1f%s";
    for (double value = Math.ceil(least / step) * step; value <= most; value += step) {
      add(
          "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add(
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>",
          LEFT - 6, y(value) + 4, String.format(Locale.ROOT, form, value + 0.0, unit));
    }
    int tick =
        Arrays.stream(TICK_SECONDS)
            .filter(one -> seconds / one <= MOST_TICKS)
            .findFirst()
            .orElseThrow();
    for (int at = 0; at <= seconds; at += tick) {
      String time = tick >= 3_600 ? at / 3_600 + " h" : tick >= 60 ? at / 60 + " min" : at + " s";
      add("<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", x(at), TICKS, time);
    }
  }

  /** A line of (second, value); a jump of half a turn lifts the pen. */
  public Picture line(String name, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    double before = Double.NaN;
    for (double[] point : points) {
      boolean lifted = Double.isNaN(before) || Math.abs(point[1] - before) > 180;
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", lifted ? "M" : "L", x(point[0]), y(point[1])));
      before = point[1];
    }
    add("<path class='l%d' d='%s' fill='none' stroke-width='1.5'/>", lines, path);
    add("<text class='l%d' x='%.0f' y='46'>%s</text>", lines, lineNamesEnd, name);
    lineNamesEnd += LETTER * name.length() + 22;
    lines++;
    return this;
  }

  /** Whether a second lies within the picture. */
  public boolean shows(double second) {
    return second < seconds;
  }

  /** What the detector said over some seconds. */
  public Picture said(double from, double to, String what) {
    if (!known.contains(what)) {
      known.add(what);
    }
    double end = Math.min(to, seconds);
    add(
        "<rect class='s%d' x='%.1f' y='%d' width='%.1f' height='%d'/>",
        known.indexOf(what), x(from), TOP + HEIGHT, x(end) - x(from), BAND);
    return this;
  }

  /**
   * Holds against the picture of the docs; with {@code -Dpictures=write} puts it in its place.
   *
   * @param name of the file without its ending
   */
  public void isThatOf(String name) throws IOException {
    Path file = IMAGES.resolve(name + ".svg");
    if ("write".equals(System.getProperty("pictures"))) {
      Files.writeString(file, svg());
    }
    assertThat(file).as("run with -Dpictures=write to draw it anew").exists();
    assertThat(Files.readString(file)).isEqualToNormalizingNewlines(svg());
  }

  private String svg() {
    StringBuilder key = new StringBuilder();
    double left = LEFT;
    int line = 0;
    for (int i = 0; i < known.size(); i++) {
      double width = 20 + LETTER * known.get(i).length() + 14;
      if (left + width - 14 > WIDTH) {
        left = LEFT;
        line++;
      }
      int y = KEY + line * KEY_LINE;
      key.append(
          String.format(
              Locale.ROOT,
              "<rect class='s%d' x='%.0f' y='%d' width='14' height='14'/>%n"
                  + "<text x='%.0f' y='%d'>%s</text>%n",
              i,
              left,
              y - 12,
              left + 20,
              y,
              known.get(i)));
      left += width;
    }
    int height = KEY + line * KEY_LINE + 14;
    return String.format(
        Locale.ROOT,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' role='img'"
            + " font-family='sans-serif' font-size='13'>%n<title>%s</title>%n%s"
            + "<rect class='paper' width='100%%' height='100%%'/>%n"
            + "<text x='12' y='22' font-weight='bold' font-size='14'>%s</text>%n%s%s</svg>%n",
        WIDTH,
        height,
        WIDTH * 5 / 4,
        title,
        STYLE,
        title,
        body,
        key);
  }

  private double x(double second) {
    return LEFT + (double) (WIDTH - RIGHT - LEFT) * second / seconds;
  }

  private double y(double value) {
    return TOP + HEIGHT * (most - value) / (most - least);
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
