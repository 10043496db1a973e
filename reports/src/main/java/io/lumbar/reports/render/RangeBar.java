package io.lumbar.reports.render;

import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.statistics.Usual;

/** Where a value lies in the wearer's own range: a band, a tick at its median, a dot. */
final class RangeBar {
  private RangeBar() {}

  /** The drawing, empty for a measure without a usual. */
  static String of(Measure measure) {
    Usual usual = measure.usual();
    if (usual == null) {
      return "";
    }
    double most = Math.max(measure.value(), usual.high()) * 1.1;
    double scale = most == 0 ? 0 : 96 / most;
    double band = Math.max(1, (usual.high() - usual.low()) * scale);
    return ("<svg class=\"range\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\""
            + " aria-hidden=\"true\"><path class=\"track\" d=\"M2 5H98\"/>"
            + "<path class=\"band\" d=\"M%s 5h%s\"/><path class=\"median\" d=\"M%s 1v8\"/>"
            + "<path class=\"dot\" d=\"M%s 5h0\"/></svg>")
        .formatted(
            x(usual.low(), scale),
            Html.number(band),
            x(usual.median(), scale),
            x(measure.value(), scale));
  }

  private static String x(double value, double scale) {
    return Html.number(2 + value * scale);
  }
}
