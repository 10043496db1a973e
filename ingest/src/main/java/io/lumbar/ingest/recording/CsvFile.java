package io.lumbar.ingest.recording;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text files with one sample in each row.
 *
 * @param id which program's
 * @param description for the person whose file is none
 */
public record CsvFile(String id, String description) implements RecordingFormat {
  /** What to do about dates in an order that nothing tells. */
  public static final String DATES_UNTOLD =
      "start: nothing in the file tells whether its dates have the day or the month first, so say"
          + " when the recording began, as in --start 2026-03-02T09:00:00";

  /** The programs whose files are known. */
  public static final List<RecordingFormat> ALL =
      List.of(
          new CsvFile(ActiGraphHeader.ID, "ActiGraph raw data as CSV, with the header of ActiLife"),
          new CsvFile(
              CsvSniffer.AXIVITY,
              "Axivity CSV of OmGui, omconvert or cwa-convert, time then x, y, z"),
          new CsvFile(
              CsvSniffer.PHONE,
              "CSV with a time and x, y, z of an accelerometer, with names or not"));

  @Override
  public boolean recognises(FileHead head) {
    if (head.isZip() || head.isBinary()) {
      return false;
    }
    return ActiGraphHeader.recognises(head.lines())
        ? id.equals(ActiGraphHeader.ID)
        : CsvSniffer.layout(head.lines()).filter(each -> each.program().equals(id)).isPresent();
  }

  /** Text with times and three axes may be taken for a phone's whatever its columns are called. */
  @Override
  public boolean accepts(FileHead head) {
    boolean plain = id.equals(CsvSniffer.PHONE) && !head.isZip() && !head.isBinary();
    return recognises(head) || (plain && CsvSniffer.layout(head.lines()).isPresent());
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    CsvLayout layout = layout(file.head());
    boolean axivity = id.equals(CsvSniffer.AXIVITY);
    return new Origin(
        id.equals(CsvSniffer.PHONE) ? CsvSniffer.device(id) : layout.device(),
        layout(file, layout, null).isEmpty() ? Origin.Times.IN_UNTOLD_ORDER : layout.times(),
        axivity ? Origin.Unit.G_BY_RULE : Origin.Unit.TOLD_BY_SIZE,
        layout.placement());
  }

  @Override
  public void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException {
    CsvLayout layout =
        layout(file, layout(file.head()), clock.start())
            .orElseThrow(() -> new UnusableFile(DATES_UNTOLD));
    boolean switchedOn = layout.clock() == CsvLayout.Clock.SINCE_SWITCHED_ON;
    if (switchedOn || layout.clock() == CsvLayout.Clock.SINCE_START) {
      taker.note(
          "the times were read as %s from the start of the recording%s"
              .formatted(
                  CsvTimes.unitName(layout.nanosPerUnit()),
                  switchedOn
                      ? ", and its first row counts as the start"
                      : firstRow(file.head(), layout)));
    }
    try (TextLines lines = new TextLines(file.open())) {
      new CsvRows(layout, clock).read(lines, taker);
    }
  }

  /** Where the first row lies, to see times that count from something else by. */
  private static String firstRow(FileHead head, CsvLayout layout) {
    String first =
        CsvSniffer.cell(head.lines().get(layout.firstRow()), layout.separator(), layout.time());
    long seconds = Math.round(CsvRows.number(first) * layout.nanosPerUnit() / 1e9);
    return seconds < 1
        ? ""
        : ", the first row %d:%02d:%02d after it"
            .formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  /** The layout with the order of its dates; empty when that is not to be known. */
  private static Optional<CsvLayout> layout(
      InputFile file, CsvLayout layout, @Nullable Instant start) throws IOException {
    if (layout.dateOrder() != CsvLayout.DateOrders.TO_BE_FOUND) {
      return Optional.of(layout);
    }
    try (TextLines lines = new TextLines(file.open())) {
      return DateOrder.dayFirst(lines, layout, start).map(layout::ordered);
    }
  }

  static CsvLayout layout(FileHead head) throws UnusableFile {
    if (ActiGraphHeader.recognises(head.lines())) {
      return ActiGraphHeader.layout(head.lines());
    }
    Optional<CsvLayout> layout = CsvSniffer.layout(head.lines());
    CsvLayout found =
        layout.orElseThrow(
            () -> new UnusableFile("no columns of a time and of x, y and z were found"));
    if (found.timesFault() != null) {
      throw new UnusableFile(found.timesFault());
    }
    return found;
  }
}
