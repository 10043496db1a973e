package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
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

  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return stripper.getText(document);
  }
}
