package io.lumbar.reports.render;

import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Trend;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/**
 * An outline on A4 pages. The same outline gives the same bytes: there is no date in the file but
 * those that the report tells.
 */
final class OutlinePdf {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float MARGIN = 48;
  private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
  private static final float TOP = PDRectangle.A4.getHeight() - MARGIN;
  private static final float VALUE_AT = 0.45f;
  private static final float NOTE_AT = 0.64f;
  private static final float LINE = 1.2f;
  private static final float DOT = 3.6f;

  private final PDDocument document = new PDDocument();
  private final PDFont font;
  private PDPageContentStream page;
  private float y;

  private OutlinePdf() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
      font = PDType0Font.load(document, in);
    }
    page = newPage();
  }

  static byte[] of(Outline outline) {
    try {
      OutlinePdf pdf = new OutlinePdf();
      try (PDDocument closing = pdf.document) {
        pdf.write(outline);
        closing.setDocumentId(id(outline));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        closing.save(out);
        return out.toByteArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a report as PDF", e);
    }
  }

  /** In place of one made of the time. */
  private static long id(Outline outline) {
    CRC32 crc = new CRC32();
    crc.update(outline.toString().getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private void write(Outline outline) throws IOException {
    text("Lumbar   " + outline.name(), 10, Shades.ACCENT, 0, WIDTH);
    y -= 4;
    text(outline.title(), 22, Shades.INK, 0, WIDTH);
    y -= 6;
    for (Outline.Block block : outline.blocks()) {
      add(block);
    }
    y -= 10;
    text(
        "Lumbar observes and reminds. It does not diagnose. \u201cUsual\u201d is the middle of your"
            + " own last four weeks.",
        8,
        Shades.MUTED,
        0,
        WIDTH);
    text(String.join(" ", outline.filing()), 8, Shades.MUTED, 0, WIDTH);
    page.close();
    number(outline);
  }

  /** Below each page whose it is and which, so that sheets that fell apart find together. */
  private void number(Outline outline) throws IOException {
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page =
          new PDPageContentStream(
              document, document.getPage(i), PDPageContentStream.AppendMode.APPEND, true, true);
      String number = "%d of %d".formatted(i + 1, pages);
      bottom(outline.name() + ", " + outline.title(), 0);
      bottom(number, WIDTH - width(number, 8));
      page.close();
    }
  }

  private void bottom(String text, float indent) throws IOException {
    page.beginText();
    colour(Shades.MUTED);
    page.setFont(font, 8);
    page.newLineAtOffset(MARGIN + indent, MARGIN / 2);
    page.showText(known(text));
    page.endText();
  }

  private void add(Outline.Block block) throws IOException {
    if (block instanceof Outline.Lead lead) {
      text(lead.text(), 12, Shades.INK, 0, WIDTH);
    } else if (block instanceof Outline.Heading heading) {
      room(50);
      y -= 10;
      text(heading.text(), 13, Shades.ACCENT, 0, WIDTH);
      y -= 2;
    } else if (block instanceof Outline.Sentence sentence) {
      text(sentence.text(), 9, sentence.quiet() ? Shades.MUTED : Shades.INK, 0, WIDTH);
    } else if (block instanceof Outline.Item item) {
      text(item.title(), 10, Shades.INK, 0, WIDTH);
      text(item.text(), 9, Shades.MUTED, 10, WIDTH - 10);
      for (String line : item.how()) {
        text(line, 8, Shades.MUTED, 10, WIDTH - 10);
      }
      y -= 3;
    } else if (block instanceof Outline.Link link) {
      link(link);
    } else if (block instanceof Outline.Row row) {
      row(row);
    } else if (block instanceof Outline.Strip strip) {
      strip(strip);
    } else if (block instanceof Outline.Bars bars) {
      room(14 + 15 * bars.bars().size());
      text(bars.caption(), 9, Shades.MUTED, 0, WIDTH);
      y -= 2;
      for (Outline.Bar bar : bars.bars()) {
        bar(bar);
      }
      y -= 4;
    } else if (block instanceof Outline.Spark spark) {
      spark(spark);
    }
  }

  /** A line that can be clicked; printed, it would only be in the way. */
  private void link(Outline.Link link) throws IOException {
    room(14);
    float top = y;
    text(link.text(), 9, Shades.ACCENT, 10, WIDTH - 10);
    PDActionURI action = new PDActionURI();
    action.setURI(link.to().toString());
    PDAnnotationLink area = new PDAnnotationLink();
    area.setAction(action);
    area.setRectangle(new PDRectangle(MARGIN + 10, y, WIDTH - 10, top - y));
    PDBorderStyleDictionary border = new PDBorderStyleDictionary();
    border.setWidth(0);
    area.setBorderStyle(border);
    document.getPage(document.getNumberOfPages() - 1).getAnnotations().add(area);
  }

  private void row(Outline.Row row) throws IOException {
    float label = height(row.label(), 9, WIDTH * VALUE_AT - 6);
    float value = height(row.value(), 10, WIDTH * (NOTE_AT - VALUE_AT));
    float note = height(row.note(), 8, WIDTH * (1 - NOTE_AT));
    // All of it on one page: a column that went on to the next would take the others along.
    room(Math.max(15, Math.max(label, Math.max(value, note))));
    float line = y;
    text(row.label(), 9, Shades.MUTED, 0, WIDTH * VALUE_AT - 6);
    float lowest = y;
    y = line;
    text(row.value(), 10, Shades.INK, WIDTH * VALUE_AT, WIDTH * (NOTE_AT - VALUE_AT));
    lowest = Math.min(lowest, y);
    y = line;
    text(row.note(), 8, Shades.MUTED, WIDTH * NOTE_AT, WIDTH * (1 - NOTE_AT));
    y = Math.min(lowest, y);
  }

  private void strip(Outline.Strip strip) throws IOException {
    room(74);
    y -= 24;
    float x = MARGIN;
    for (Outline.Piece piece : strip.pieces()) {
      float width = (float) (piece.share() * WIDTH);
      colour(piece.colour());
      page.addRect(x, y, width, 20);
      page.fill();
      x += width;
    }
    hours(strip);
    key(strip);
  }

  private void hours(Outline.Strip strip) throws IOException {
    float line = y;
    page.setStrokingColor(new Color(Integer.parseInt(Shades.MUTED, 16)));
    page.setLineWidth(0.6f);
    for (Axis.Hour hour : strip.hours()) {
      float x = MARGIN + (float) (hour.at() * WIDTH / 100);
      page.moveTo(x, line);
      page.lineTo(x, line - 3);
    }
    page.stroke();
    for (Axis.Hour hour : strip.hours()) {
      y = line - 2;
      centred(hour.name(), (float) (hour.at() * WIDTH / 100));
    }
    y = line - 12;
  }

  private void bar(Outline.Bar bar) throws IOException {
    float at = WIDTH * 0.2f;
    float width = WIDTH * 0.58f;
    room(15);
    float line = y;
    text(bar.label(), 9, Shades.MUTED, 0, at - 6);
    y = line;
    text(bar.value(), 9, Shades.INK, at + width + 10, WIDTH - at - width - 10);
    colour(Shades.GROUND);
    page.addRect(MARGIN + at, line - 13, width, 9);
    page.fill();
    colour(bar.colour());
    page.addRect(MARGIN + at, line - 13, (float) Math.min(1, bar.share()) * width, 9);
    page.fill();
    y = Math.min(y, line - 15);
  }

  private void key(Outline.Strip strip) throws IOException {
    float x = 0;
    float line = y - 2;
    for (Map.Entry<String, String> each : strip.key().entrySet()) {
      float needed = 10 + width(each.getKey(), 8) + 12;
      if (x + needed > WIDTH) {
        x = 0;
        line = y;
      }
      colour(each.getValue());
      page.addRect(MARGIN + x, line - 11, 7, 7);
      page.fill();
      y = line;
      text(each.getKey(), 8, Shades.MUTED, x + 10, WIDTH);
      x += needed;
    }
    y -= 4;
  }

  private void spark(Outline.Spark spark) throws IOException {
    float words =
        height(spark.label(), 9, WIDTH * VALUE_AT - 6)
            + height(spark.words(), 8, WIDTH * VALUE_AT - 6);
    boolean named = !spark.days().isEmpty();
    room(Math.max(named ? 58 : 44, words));
    float line = y;
    text(spark.label(), 9, Shades.MUTED, 0, WIDTH * VALUE_AT - 6);
    text(spark.words(), 8, Shades.MUTED, 0, WIDTH * VALUE_AT - 6);
    line(spark.trend(), MARGIN + WIDTH * VALUE_AT, line - 32, WIDTH * (1 - VALUE_AT), 28);
    float lowest = Math.min(y, line - (named ? 52 : 38));
    if (named) {
      y = line - 33;
      days(spark);
    }
    y = lowest;
  }

  private void days(Outline.Spark spark) throws IOException {
    float left = WIDTH * VALUE_AT;
    float wide = WIDTH - left;
    int last = Math.max(1, spark.trend().points().size() - 1);
    float line = y;
    page.setStrokingColor(new Color(Integer.parseInt(Shades.LINE, 16)));
    page.setLineWidth(0.6f);
    for (int i = 0; i <= last; i++) {
      page.moveTo(MARGIN + left + wide * i / last, line);
      page.lineTo(MARGIN + left + wide * i / last, line - 3);
    }
    page.moveTo(MARGIN + left, line);
    page.lineTo(MARGIN + left + wide, line);
    page.stroke();
    for (Outline.DayMark day : spark.days()) {
      y = line - 2;
      centred(day.weekday() + " " + day.day(), left + wide * day.index() / last);
    }
  }

  /** A small label below a place, and within the page. */
  private void centred(String label, float at) throws IOException {
    float width = width(label, 7);
    float indent = Math.min(WIDTH - width, Math.max(0, at - width / 2));
    text(label, 7, Shades.MUTED, indent, width + 1);
  }

  /** The range behind, the days before; days that were not measured leave a gap. */
  private void line(Trend trend, float left, float bottom, float width, float height)
      throws IOException {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (Trend.Point point : trend.points()) {
      if (point.value() != null) {
        least = Math.min(least, point.value());
        most = Math.max(most, point.value());
      }
    }
    Usual usual = trend.usual();
    if (usual != null) {
      least = Math.min(least, usual.low());
      most = Math.max(most, usual.high());
    }
    double scale = most > least ? height / (most - least) : 0;
    if (usual != null) {
      colour(Shades.SOFT);
      page.addRect(
          left,
          bottom + (float) ((usual.low() - least) * scale),
          width,
          (float) ((usual.high() - usual.low()) * scale));
      page.fill();
    }
    page.setStrokingColor(new Color(Integer.parseInt(Shades.ACCENT, 16)));
    page.setLineWidth(LINE);
    page.setLineCapStyle(1);
    boolean pen = false;
    int count = trend.points().size();
    for (int i = 0; i < count; i++) {
      Double value = trend.points().get(i).value();
      if (value != null) {
        float x = left + width * i / Math.max(1, count - 1);
        float at = bottom + (float) ((value - least) * scale);
        if (pen) {
          page.lineTo(x, at);
        } else if (Sparkline.isLone(trend.points(), i)) {
          dot(x, at);
          continue;
        } else {
          page.moveTo(x, at);
        }
      } else if (pen) {
        page.stroke();
      }
      pen = value != null;
    }
    if (pen) {
      page.stroke();
    }
  }

  /** A line of no length with round ends. */
  private void dot(float x, float at) throws IOException {
    page.setLineWidth(DOT);
    page.moveTo(x, at);
    page.lineTo(x + 0.01f, at);
    page.stroke();
    page.setLineWidth(LINE);
  }

  private void text(String text, float size, String colour, float indent, float width)
      throws IOException {
    if (text.isEmpty()) {
      return;
    }
    for (String line : wrapped(text, size, width)) {
      room(size * 1.4f);
      y -= size * 1.35f;
      page.beginText();
      colour(colour);
      page.setFont(font, size);
      page.newLineAtOffset(MARGIN + indent, y);
      page.showText(line);
      page.endText();
    }
  }

  /** The room that a wrapped text takes. */
  private float height(String text, float size, float width) throws IOException {
    return text.isEmpty() ? 0 : wrapped(text, size, width).size() * size * 1.4f;
  }

  private List<String> wrapped(String text, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : known(text).split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(known(text)) / 1000 * size;
  }

  /** The font has Latin, Greek and Cyrillic letters; others become a question mark. */
  private String known(String text) {
    StringBuilder known = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              int shown = point == '\u00a0' || point < ' ' ? ' ' : point;
              known.appendCodePoint(isKnown(shown) ? shown : '?');
            });
    return known.toString();
  }

  private boolean isKnown(int point) {
    try {
      font.encode(Character.toString(point));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private void colour(String hex) throws IOException {
    page.setNonStrokingColor(new Color(Integer.parseInt(hex, 16)));
  }

  private void room(float height) throws IOException {
    if (y - height < MARGIN) {
      page.close();
      page = newPage();
    }
  }

  private PDPageContentStream newPage() throws IOException {
    PDPage sheet = new PDPage(PDRectangle.A4);
    document.addPage(sheet);
    y = TOP;
    return new PDPageContentStream(document, sheet);
  }
}
