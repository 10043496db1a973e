package io.lumbar.reports.render;

/** An outline as plain text of at most 78 columns. */
final class OutlineText {
  private final TextLines lines = new TextLines();

  private OutlineText() {}

  static String of(Outline outline) {
    OutlineText text = new OutlineText();
    text.lines.line(outline.title() + ", " + outline.name());
    text.lines.line("");
    outline.blocks().forEach(text::add);
    text.lines.line("");
    text.lines.sentence("Lumbar observes and reminds. It does not diagnose.");
    outline.filing().forEach(text.lines::sentence);
    return text.lines.toString();
  }

  private void add(Outline.Block block) {
    if (block instanceof Outline.Lead lead) {
      lines.sentence(lead.text());
    } else if (block instanceof Outline.Heading heading) {
      lines.title(heading.text());
    } else if (block instanceof Outline.Sentence sentence) {
      lines.item(sentence.text());
    } else if (block instanceof Outline.Item item) {
      lines.item(item.title() + ". " + item.text());
    } else if (block instanceof Outline.Row row) {
      lines.row(row.label(), row.value(), row.note());
    } else if (block instanceof Outline.Spark spark) {
      lines.row(spark.label(), "", spark.words());
    }
  }
}
