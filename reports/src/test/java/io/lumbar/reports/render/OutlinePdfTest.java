package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class OutlinePdfTest {
  @Test
  void aRowStandsOnOnePageWhereverThePageEnds() throws IOException {
    for (int before = 40; before < 56; before++) {
      List<Outline.Block> blocks = new ArrayList<>();
      for (int i = 0; i < before; i++) {
        blocks.add(new Outline.Row("Row", "1", ""));
      }
      blocks.add(
          new Outline.Row("first ".repeat(30).strip(), "second", "third ".repeat(30).strip()));
      try (PDDocument document =
          Loader.loadPDF(
              OutlinePdf.of(new Outline("Anna", "A day", blocks, List.of("Of Anna."))))) {
        assertThat(document.getNumberOfPages()).as("after %d rows", before).isBetween(1, 2);
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
          String text = text(document, page);
          assertThat(text)
              .contains("Anna, A day")
              .contains("%d of %d".formatted(page, document.getNumberOfPages()));
          boolean holds = text.contains("first");
          assertThat(text.contains("second")).as("after %d rows", before).isEqualTo(holds);
          assertThat(text.contains("third")).as("after %d rows", before).isEqualTo(holds);
        }
      }
    }
  }

  /** Three days between gaps, each of which is some thirty points of a picture and no speck. */
  @Test
  void daysBetweenGapsAreDots() throws IOException {
    LocalDate monday = LocalDate.of(2026, 3, 2);
    List<Trend.Point> points = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Double value = i % 2 == 0 ? 60.0 + i : null;
      points.add(new Trend.Point(monday.plusDays(i), value, null, false, false, null, null, null));
    }
    Trend trend = new Trend(Figure.SITTING, monday, monday.plusDays(4), points, null, null);
    Outline.Block spark = new Outline.Spark("Sitting", "", trend, List.of());
    try (PDDocument document =
        Loader.loadPDF(OutlinePdf.of(new Outline("", "A week", List.of(spark), List.of())))) {
      BufferedImage picture = new PDFRenderer(document).renderImageWithDPI(0, 144);
      int inked = 0;
      for (int x = 2 * picture.getWidth() / 5; x < picture.getWidth(); x++) {
        for (int y = 0; y < picture.getHeight() / 2; y++) {
          inked += (picture.getRGB(x, y) & 0xffffff) == Integer.parseInt(Shades.ACCENT, 16) ? 1 : 0;
        }
      }
      assertThat(inked).isBetween(3 * 20, 3 * 60);
    }
  }

  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return stripper.getText(document);
  }
}
