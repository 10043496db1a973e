package io.lumbar.reports.render;

/** An outline as a page in the dress of the morning reports. */
final class OutlinePage {
  private final StringBuilder html = new StringBuilder(16_384);
  private boolean inSection;
  private boolean inTable;

  private OutlinePage() {}

  static String of(Outline outline) {
    OutlinePage page = new OutlinePage();
    page.html.append(HtmlReport.head(outline.name(), outline.title()));
    boolean header = true;
    for (Outline.Block block : outline.blocks()) {
      if (header && block instanceof Outline.Heading) {
        page.html.append("</header>\n");
        header = false;
      }
      page.add(block);
    }
    if (header) {
      page.html.append("</header>\n");
    }
    page.endTable();
    page.endSection();
    return page.html.append(HtmlReport.foot(outline.filing())).toString();
  }

  private void add(Outline.Block block) {
    if (!(block instanceof Outline.Row)) {
      endTable();
    }
    if (block instanceof Outline.Lead lead) {
      paragraph("lead", lead.text());
    } else if (block instanceof Outline.Heading heading) {
      endSection();
      html.append("<section><h2>").append(Html.text(heading.text())).append("</h2>");
      inSection = true;
    } else if (block instanceof Outline.Sentence sentence) {
      paragraph(inSection ? (sentence.quiet() ? "quiet" : "") : "note", sentence.text());
    } else if (block instanceof Outline.Item item) {
      paragraph("", item.title() + ". " + item.text());
    } else if (block instanceof Outline.Row row) {
      row(row);
    } else if (block instanceof Outline.Spark spark) {
      html.append(
          "<figure><figcaption><b>%s</b> <span class=\"quiet\">%s</span></figcaption>%s%s</figure>"
              .formatted(
                  Html.text(spark.label()),
                  Html.text(spark.words()),
                  Sparkline.of(spark.trend()),
                  Sparkline.days(spark.days(), spark.trend().points().size())));
    }
  }

  private void row(Outline.Row row) {
    if (!inTable) {
      html.append("<table class=\"figures\">");
      inTable = true;
    }
    html.append(
        "<tr><th scope=\"row\">%s</th><td><b>%s</b></td><td class=\"quiet\">%s</td></tr>"
            .formatted(Html.text(row.label()), Html.text(row.value()), Html.text(row.note())));
  }

  private void endTable() {
    if (inTable) {
      html.append("</table>");
      inTable = false;
    }
  }

  private void endSection() {
    if (inSection) {
      html.append("</section>\n");
      inSection = false;
    }
  }

  private void paragraph(String type, String text) {
    html.append(
        "<p%s>%s</p>\n"
            .formatted(type.isEmpty() ? "" : " class=\"" + type + "\"", Html.text(text)));
  }
}
