package io.lumbar.reports.render;

import io.lumbar.model.NightSummary;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.trends.Nights;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The positions of a night over time, a lane each, as a hypnogram shows stages; where only sums are
 * known, a bar each of its share. Without minutes where too little was seen for totals.
 */
final class NightStrip {
  /** From the top down, the front last. */
  static final List<SleepPosition> LANES =
      List.of(
          SleepPosition.SUPINE,
          SleepPosition.LEFT,
          SleepPosition.RIGHT,
          SleepPosition.THREE_QUARTER_PRONE,
          SleepPosition.PRONE);

  private NightStrip() {}

  static String of(Report.Night night) {
    if (night.summary().positionMinutes().isEmpty()) {
      return "";
    }
    return night.summary().track().isEmpty() ? shares(night) : overTime(night);
  }

  private static String overTime(Report.Night night) {
    List<SleepPosition> lanes =
        LANES.stream()
            .filter(p -> p != SleepPosition.THREE_QUARTER_PRONE || minutes(night, p) > 0)
            .toList();
    Axis axis =
        new Axis(night.summary().inBedFrom(), night.summary().inBedTo(), night.summary().zone());
    StringBuilder html = new StringBuilder("<figure class=\"night\"><div class=\"lanes\">");
    for (SleepPosition lane : lanes) {
      html.append(
          night.hasPositionTotals()
              ? "<span>%s <b>%s</b></span>"
                  .formatted(Words.position(lane), Durations.words(minutes(night, lane)))
              : "<span>%s</span>".formatted(Words.position(lane)));
    }
    int height = lanes.size() * 10;
    html.append(
        String.format(
            Locale.ROOT, "</div><div class=\"drawing\"><svg viewBox=\"0 0 100 %d\"", height));
    html.append(" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
        .append(Html.text(spoken(night)))
        .append("\">");
    for (int lane = 0; lane < lanes.size(); lane++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"lane\" y=\"%d\" width=\"100\" height=\"8\"/>",
              lane * 10 + 1));
    }
    html.append(path(night, lanes, axis));
    for (NightSummary.Lie piece : night.summary().track()) {
      html.append(block(piece, lanes, axis, height));
    }
    html.append("</svg>").append(axis.labels(1)).append("</div></figure>\n");
    return html.toString();
  }

  private static String block(
      NightSummary.Lie piece, List<SleepPosition> lanes, Axis axis, int height) {
    double from = axis.at(piece.from());
    String x = Html.number(from);
    String width = Html.number(axis.at(piece.to()) - from);
    SleepPosition position = piece.position();
    return position == null
        ? String.format(
            Locale.ROOT,
            "<rect class=\"up\" x=\"%s\" width=\"%s\" height=\"%d\"/>",
            x,
            width,
            height)
        : String.format(
            Locale.ROOT,
            "<rect class=\"s-%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"8\"/>",
            position.wireName(),
            x,
            lanes.indexOf(position) * 10 + 1,
            width);
  }

  /** The thin line that leads from one position to the next. */
  private static String path(Report.Night night, List<SleepPosition> lanes, Axis axis) {
    StringBuilder path = new StringBuilder();
    SleepPosition before = null;
    for (NightSummary.Lie piece : night.summary().track()) {
      SleepPosition position = piece.position();
      if (position != null && before != null && position != before) {
        path.append(
            String.format(
                Locale.ROOT,
                "M%s %dV%d",
                Html.number(axis.at(piece.from())),
                lanes.indexOf(before) * 10 + 5,
                lanes.indexOf(position) * 10 + 5));
      }
      before = position;
    }
    return path.isEmpty() ? "" : "<path class=\"turn\" d=\"" + path + "\"/>";
  }

  /** A bar each from the same edge, which nobody takes for hours one after the other. */
  private static String shares(Report.Night night) {
    StringBuilder html = new StringBuilder("<figure class=\"shares\"><figcaption class=\"quiet\">");
    html.append(Html.text(Words.SHARES)).append("</figcaption><dl>");
    double all = Nights.positions(night.summary()).ofMinutes();
    for (SleepPosition position : LANES) {
      double minutes = minutes(night, position);
      if (minutes > 0) {
        html.append(
            "<div><dt>%s</dt><dd class=\"bar\" aria-hidden=\"true\"><i class=\"s-%s\" style=\"width:%s%%\"></i></dd>%s</div>"
                .formatted(
                    Words.position(position),
                    position.wireName(),
                    Html.number(100 * minutes / all),
                    night.hasPositionTotals()
                        ? "<dd>%s <span>%s</span></dd>"
                            .formatted(Durations.words(minutes), Words.percent(minutes / all))
                        : ""));
      }
    }
    return html.append("</dl></figure>\n").toString();
  }

  private static double minutes(Report.Night night, SleepPosition position) {
    return Nights.minutes(night.summary(), position);
  }

  private static String spoken(Report.Night night) {
    return LANES.stream()
        .filter(position -> minutes(night, position) > 0)
        .map(
            p ->
                night.hasPositionTotals()
                    ? Words.position(p) + " " + Durations.words(minutes(night, p))
                    : Words.position(p))
        .collect(Collectors.joining(", ", "Positions of the night: ", "."));
  }
}
