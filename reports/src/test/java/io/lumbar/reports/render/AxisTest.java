package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Days of 24, 23 and 25 hours, and a night from a quarter past to half past. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-04T23:00:00Z, 2026-03-05T23:00:00Z, 3, 0 3 6 9 12 15 18 21 24",
    "2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 3, 0 3 6 9 12 15 18 21 24",
    "2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 3, 0 3 6 9 12 15 18 21 24",
    "2026-03-28T21:40:00Z, 2026-03-29T03:10:00Z, 1, 23 0 1 3 4 5",
    "2026-10-24T21:40:00Z, 2026-10-25T03:10:00Z, 1, 0 1 2 3 4",
    "2026-03-05T10:10:00Z, 2026-03-05T10:50:00Z, 1, ''"
  })
  void hasTheFullHoursOfTheClock(Instant from, Instant to, int every, String names) {
    List<String> hours =
        new Axis(from, to, BERLIN).hours(every).stream().map(Axis.Hour::name).toList();

    assertThat(String.join(" ", hours)).isEqualTo(names);
  }

  /** Of the day from midnight to midnight, of the night from 22:40 to 06:35, or over the change. */
  @Test
  void standsOnPaperBelowDayAndNight() throws IOException {
    assertThat(paper(Scenes.goodDay()))
        .contains(" 23 0 1 2 3 4 5 6 ", " 0 3 6 9 12 15 18 21 24 ")
        .doesNotContain("00:00 24:00");
    assertThat(paper(Scenes.dstNight())).contains(" 23 0 1 3 4 5 6 7 ");
  }

  /** A strip without a full hour in it has none below, and is drawn. */
  @Test
  void mayBeShorterThanAnHour() throws IOException {
    Outline.Strip strip =
        new Outline.Strip(
            List.of(new Outline.Piece(1, "Back", Shades.ACCENT)),
            "A nap",
            "10:10",
            "10:50",
            List.of());
    byte[] pdf = OutlinePdf.of(new Outline("Mira", "A nap", List.of(strip), List.of()));
    assertThat(words(pdf)).contains("Back");
  }

  private static String paper(Scene scene) throws IOException {
    return words(ReportFormat.PDF.bytes(scene.report(), Optional.empty()));
  }

  private static String words(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }
}
