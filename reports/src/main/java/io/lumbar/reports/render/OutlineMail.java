package io.lumbar.reports.render;

import io.lumbar.reports.trends.Trend;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An outline as a mail: tables and styles on each element, 600 pixels at most, no drawing, no style
 * sheet, nothing to load. Mail programs drop all the rest.
 */
final class OutlineMail {
  private static final String TEXT =
      "font-family:Arial,Helvetica,sans-serif;color:#" + Shades.INK + ";";
  private static final double THINNEST = 0.002;

  /** Pixels of the highest column. */
  private static final int COLUMN = 44;

  /** Columns of a month that the name of a day needs on a phone. */
  private static final int FITTING = 5;

  private final StringBuilder html = new StringBuilder(16_384);

  private OutlineMail() {}

  static String of(Outline outline) {
    OutlineMail mail = new OutlineMail();
    mail.begin(outline);
    outline.blocks().forEach(mail::add);
    mail.end(outline);
    return mail.html.toString();
  }

  private void begin(Outline outline) {
    String title = Html.text(outline.name() + ", " + outline.title());
    html.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title></head>
        <body style="margin:0;padding:0;background-color:#f3f1ea;">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f3f1ea"><tr><td align="center" style="padding:16px 8px;">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#fffdf8" style="width:100%%;max-width:600px;">
        """
            .formatted(title));
    cell(
        "padding:24px 24px 0 24px;",
        "<span style=\"%sfont-size:14px;color:#%s;font-weight:bold;\">Lumbar</span> <span style=\"%sfont-size:14px;color:#%s;\">%s</span>"
            .formatted(TEXT, Shades.ACCENT, TEXT, Shades.MUTED, Html.text(outline.name())));
    cell(
        "padding:4px 24px 8px 24px;",
        "<h1 style=\"%smargin:0;font-size:26px;line-height:32px;\">%s</h1>"
            .formatted(TEXT, Html.text(outline.title())));
  }

  private void add(Outline.Block block) {
    if (block instanceof Outline.Lead lead) {
      line(lead.text(), 18, Shades.INK);
    } else if (block instanceof Outline.Heading heading) {
      cell(
          "padding:20px 24px 4px 24px;",
          "<h2 style=\"%smargin:0;font-size:18px;line-height:24px;\">%s</h2>"
              .formatted(TEXT, Html.text(heading.text())));
    } else if (block instanceof Outline.Sentence sentence) {
      line(sentence.text(), 14, sentence.quiet() ? Shades.MUTED : Shades.INK);
    } else if (block instanceof Outline.Item item) {
      cell(
          "padding:6px 24px;",
          "<p style=\"%smargin:0;padding:12px;font-size:15px;line-height:22px;background-color:#%s;\"><b>%s</b><br>%s%s</p>"
              .formatted(
                  TEXT, Shades.SOFT, Html.text(item.title()), Html.text(item.text()), how(item)));
    } else if (block instanceof Outline.Link link) {
      cell(
          "padding:0 24px 6px 24px;",
          "<a href=\"%s\" style=\"%sfont-size:15px;line-height:28px;color:#%s;font-weight:bold;\">%s</a>"
              .formatted(
                  Html.text(link.to().toString()), TEXT, Shades.ACCENT, Html.text(link.text())));
    } else if (block instanceof Outline.Row row) {
      row(row);
    } else if (block instanceof Outline.Strip strip) {
      strip(strip);
    } else if (block instanceof Outline.Bars bars) {
      line(bars.caption(), 14, Shades.MUTED);
      bars.bars().forEach(this::bar);
    } else if (block instanceof Outline.Spark spark) {
      row(new Outline.Row(spark.label(), "", spark.words()));
      if (!spark.days().isEmpty()) {
        columns(spark);
      }
    }
  }

  private static String how(Outline.Item item) {
    return item.how().stream()
        .map(
            line ->
                "<br><span style=\"font-size:13px;line-height:19px;color:#%s;\">%s</span>"
                    .formatted(Shades.MUTED, Html.text(line)))
        .collect(Collectors.joining());
  }

  private void row(Outline.Row row) {
    String note =
        row.note().isEmpty()
            ? ""
            : "<br><span style=\"font-size:13px;color:#%s;\">%s</span>"
                .formatted(Shades.MUTED, Html.text(row.note()));
    cell(
        "padding:0 24px;",
        """
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0"><tr>\
        <td style="%1$spadding:6px 0;font-size:15px;border-top:1px solid #%2$s;">%3$s%5$s</td>\
        <td align="right" valign="top" style="%1$spadding:6px 0;font-size:15px;font-weight:bold;border-top:1px solid #%2$s;">%4$s</td>\
        </tr></table>\
        """
            .formatted(TEXT, Shades.LINE, Html.text(row.label()), Html.text(row.value()), note));
  }

  private void strip(Outline.Strip strip) {
    StringBuilder pieces = new StringBuilder();
    double left = 0;
    for (Outline.Piece piece : strip.pieces()) {
      double share = piece.share() + left;
      if (share < THINNEST) {
        left = share;
        continue;
      }
      left = 0;
      pieces.append(
          "<td width=\"%s%%\" bgcolor=\"#%s\" style=\"height:28px;font-size:1px;line-height:1px;\">&nbsp;</td>"
              .formatted(String.format(Locale.ROOT, "%.2f", 100 * share), piece.colour()));
    }
    cell(
        "padding:8px 24px 4px 24px;",
        "<table width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" aria-label=\"%s\" style=\"table-layout:fixed;\"><tr>%s</tr></table><table role=\"presentation\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td style=\"%sfont-size:12px;color:#%s;\">%s</td><td align=\"right\" style=\"%sfont-size:12px;color:#%s;\">%s</td></tr></table>"
            .formatted(
                Html.text(strip.spoken()),
                pieces,
                TEXT,
                Shades.MUTED,
                Html.text(strip.from()),
                TEXT,
                Shades.MUTED,
                Html.text(strip.to())));
    StringBuilder key = new StringBuilder();
    strip
        .key()
        .forEach(
            (name, colour) ->
                key.append(
                    "<span style=\"white-space:nowrap;\"><span style=\"color:#%s;font-size:15px;\">&#9632;</span>&nbsp;%s</span> &nbsp;"
                        .formatted(colour, Html.text(name))));
    cell(
        "padding:0 24px 6px 24px;",
        "<p style=\"%smargin:0;font-size:12px;line-height:20px;color:#%s;\">%s</p>"
            .formatted(TEXT, Shades.MUTED, key));
  }

  private void bar(Outline.Bar bar) {
    String filled = String.format(Locale.ROOT, "%.2f", 100 * Math.min(1, bar.share()));
    String empty = String.format(Locale.ROOT, "%.2f", 100 * Math.max(0, 1 - bar.share()));
    cell(
        "padding:2px 24px 8px 24px;",
        """
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0"><tr>\
        <td style="%1$sfont-size:14px;line-height:20px;">%2$s</td>\
        <td align="right" style="%1$sfont-size:14px;line-height:20px;font-weight:bold;">%3$s</td>\
        </tr></table>\
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;"><tr>\
        <td width="%4$s%%" bgcolor="#%5$s" style="height:10px;font-size:1px;line-height:1px;">&nbsp;</td>\
        <td width="%6$s%%" bgcolor="#%7$s" style="height:10px;font-size:1px;line-height:1px;">&nbsp;</td>\
        </tr></table>\
        """
            .formatted(
                TEXT,
                Html.text(bar.label()),
                Html.text(bar.value()),
                filled,
                bar.colour(),
                empty,
                Shades.GROUND));
  }

  /** A line cannot be drawn without a drawing: columns from zero stand for it, a day each. */
  private void columns(Outline.Spark spark) {
    List<Trend.Point> points = spark.trend().points();
    double most = points.stream().mapToDouble(OutlineMail::value).max().orElse(0);
    StringBuilder columns = new StringBuilder();
    for (Trend.Point point : points) {
      columns.append("<td valign=\"bottom\" style=\"padding:0 1px;\">");
      if (point.value() != null) {
        long height = most > 0 ? Math.round(COLUMN * value(point) / most) : 0;
        columns.append(
            String.format(
                Locale.ROOT,
                "<table role=\"presentation\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td height=\"%1$d\" bgcolor=\"#%2$s\" style=\"height:%1$dpx;font-size:1px;line-height:1px;\"></td></tr></table>",
                Math.max(1, height),
                Shades.ACCENT));
      }
      columns.append("</td>");
    }
    cell(
        "padding:2px 24px 8px 24px;",
        "<table role=\"presentation\" aria-hidden=\"true\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"table-layout:fixed;\"><tr>%s</tr><tr>%s</tr></table>"
            .formatted(columns, days(spark.days(), points.size())));
  }

  /** Each name under its day; where there are fewer than there are days, it begins there. */
  private static StringBuilder days(List<Outline.DayMark> days, int count) {
    StringBuilder cells = new StringBuilder();
    boolean all = days.size() == count;
    int at = 0;
    for (int i = 0; i < days.size(); i++) {
      Outline.DayMark day = days.get(i);
      if (day.index() > at) {
        cells.append(day(day.index() - at, "left", ""));
      }
      at = i + 1 < days.size() ? days.get(i + 1).index() : count;
      int span = at - day.index();
      boolean fits = all || span >= FITTING;
      cells.append(
          day(
              span,
              all ? "center" : "left",
              fits ? day.weekday() + (all ? "<br>" : "&nbsp;") + day.day() : ""));
    }
    return cells;
  }

  private static String day(int columns, String align, String text) {
    return String.format(
        Locale.ROOT,
        "<td colspan=\"%d\" align=\"%s\" valign=\"top\" style=\"%sfont-size:12px;line-height:15px;padding-top:3px;color:#%s;border-top:1px solid #%s;\">%s</td>",
        columns,
        align,
        TEXT,
        Shades.MUTED,
        Shades.LINE,
        text);
  }

  private static double value(Trend.Point point) {
    return point.value() == null ? 0 : point.value();
  }

  private void end(Outline outline) {
    line(
        "Lumbar observes and reminds. It does not diagnose. \u201cUsual\u201d is the middle of your"
            + " own last four weeks.",
        12,
        Shades.MUTED);
    line(String.join(" ", outline.filing()), 12, Shades.MUTED);
    html.append(
        "<tr><td"
            + " style=\"height:20px;\">&nbsp;</td></tr></table></td></tr></table></body></html>\n");
  }

  private void line(String text, int size, String colour) {
    cell(
        "padding:4px 24px;",
        String.format(
            Locale.ROOT,
            "<p style=\"%smargin:0;font-size:%dpx;line-height:%dpx;color:#%s;\">%s</p>",
            TEXT,
            size,
            size * 3 / 2,
            colour,
            Html.text(text)));
  }

  private void cell(String style, String content) {
    html.append("<tr><td style=\"").append(style).append("\">").append(content);
    html.append("</td></tr>\n");
  }
}
