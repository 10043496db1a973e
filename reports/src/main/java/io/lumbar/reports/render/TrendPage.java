package io.lumbar.reports.render;

import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The trends of a range as one HTML page, a card a figure, in the dress of the reports. */
public final class TrendPage {
  private static final List<Integer> RANGES = List.of(7, 28, 90);

  private TrendPage() {}

  /**
   * The page.
   *
   * @param trends those that have values
   * @param without figures that were asked for and have none
   */
  public static String of(
      String name, LocalDate from, LocalDate to, List<Trend> trends, List<Figure> without) {
    long days = ChronoUnit.DAYS.between(from, to) + 1;
    String title = days + (days == 1 ? " day" : " days");
    StringBuilder html = new StringBuilder();
    html.append(HtmlReport.head(name, title));
    html.append(
        "<p class=\"quiet\">%s to %s. Medians and ranges are your own.</p>\n"
            .formatted(Words.fullDate(from), Words.fullDate(to)));
    html.append("<nav class=\"ranges\" aria-label=\"Range\">");
    for (int range : RANGES) {
      html.append(
          String.format(
              Locale.ROOT,
              "<a href=\"?days=%d\"%s>%d days</a>",
              range,
              range == days ? " aria-current=\"page\"" : "",
              range));
    }
    html.append("<a href=\"/\">Today</a></nav></header>\n");
    if (!without.isEmpty()) {
      html.append(
          "<section class=\"missing\"><p>Nothing was measured or told in this time of: %s.</p></section>\n"
              .formatted(
                  Html.text(
                      without.stream().map(Figure::label).collect(Collectors.joining(", ")))));
    } else if (trends.isEmpty()) {
      html.append("<section><p>Nothing was measured in this time.</p></section>\n");
    }
    html.append("<div class=\"trends\">");
    trends.forEach(trend -> html.append(card(trend)));
    return html.append("</div>").append(HtmlReport.foot(List.of())).toString();
  }

  private static String card(Trend trend) {
    StringBuilder html = new StringBuilder("<section><h2>");
    html.append(Html.text(Words.label(trend))).append("</h2>");
    Usual usual = trend.usual();
    Unit unit = trend.figure().unit();
    if (usual != null) {
      html.append(
          "<p class=\"quiet\">Median %s, mostly %s</p>"
              .formatted(
                  Html.text(Words.value(unit, usual.median())),
                  Html.text(Words.range(unit, usual))));
    }
    html.append(TrendLine.of(trend));
    long measured = trend.points().stream().filter(point -> point.value() != null).count();
    html.append(
        String.format(
            Locale.ROOT,
            "<p class=\"quiet\">%d of %d %s measured. %s%s%s</p></section>\n",
            measured,
            trend.points().size(),
            trend.figure().isNightly() ? "nights" : "days",
            Html.text(estimate(trend)),
            Html.text(leftOut(trend)),
            Html.text(change(trend))));
    return html.toString();
  }

  private static String estimate(Trend trend) {
    String sentence = Words.estimate(trend);
    return sentence.isEmpty() ? "" : sentence + " ";
  }

  private static String leftOut(Trend trend) {
    int count = trend.forgottenDates();
    String dates = trend.figure().isNightly() ? "night" : "day";
    return count == 0
        ? ""
        : count == 1
            ? "One " + dates + " with forgotten time counts in no median. "
            : count + " " + dates + "s with forgotten time count in no median. ";
  }

  private static String change(Trend trend) {
    Shift change = trend.change();
    if (change == null) {
      return "";
    }
    Unit unit = trend.figure().unit();
    String words = Words.value(unit, Math.abs(change.estimate()));
    return change.isClear()
        ? "The last four weeks: %s %s than the four before (95 %% interval %s to %s)."
            .formatted(
                words,
                change.estimate() > 0 ? "more" : "less",
                Words.signed(unit, change.low()),
                Words.signed(unit, change.high()))
        : "The last four weeks cannot be told from the four before.";
  }
}
