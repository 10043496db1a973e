package io.lumbar.ingest.recording;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Exports of the app phyphox: the zip archive, or the CSV of the accelerometer (with gravity).
 *
 * <p>Its times are seconds since the experiment was started, without pauses. The archive says when
 * that was, pause by pause; a CSV alone does not.
 */
public final class PhyphoxFile implements RecordingFormat {
  static final String DEVICE = "device.csv";
  private static final String TIME = "time.csv";
  private static final List<String> SAMPLES =
      List.of("Accelerometer.csv", "Raw Data.csv", "Acceleration.csv");
  private static final CsvFile CSV =
      new CsvFile(
          CsvSniffer.PHYPHOX, "phyphox, the zip of an acceleration with gravity, or its CSV");
  private static final long SECOND = 1_000_000_000L;

  @Override
  public String id() {
    return CSV.id();
  }

  @Override
  public String description() {
    return CSV.description();
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.isZip()
        ? head.hasEntry("meta/" + DEVICE) || head.hasEntry("meta/" + TIME)
        : CSV.recognises(head);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    boolean dated = file.head().hasEntry("meta/" + TIME);
    return new Origin(
        "phyphox import",
        dated ? Origin.Times.ABSOLUTE : Origin.Times.RELATIVE,
        Origin.Unit.TOLD_BY_SIZE,
        null);
  }

  @Override
  public void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException {
    FileHead head = file.head();
    if (!head.isZip()) {
      CSV.read(file, clock, taker);
      return;
    }
    try (ZipEntries entries = ZipEntries.open(file)) {
      ZipEntry samples = samples(entries);
      Optional<ZipEntry> time = entries.find(TIME);
      double[][] starts = time.isPresent() ? starts(entries.head(time.get())) : new double[0][];
      entries.expect(List.of(samples));
      CsvRows rows = new CsvRows(CsvFile.layout(entries.head(samples)), clock);
      try (TextLines lines = entries.lines(samples)) {
        if (starts.length == 0) {
          rows.read(lines, taker);
        } else {
          dated(rows, lines, starts, taker);
        }
      }
    }
  }

  private static ZipEntry samples(ZipEntries entries) throws UnusableFile {
    for (String name : SAMPLES) {
      Optional<ZipEntry> entry = entries.find(name);
      if (entry.isPresent()) {
        return entry.get();
      }
    }
    throw new UnusableFile(
        "the archive has none of %s; use phyphox's experiment Acceleration (with g)"
            .formatted(String.join(", ", SAMPLES)));
  }

  private static void dated(CsvRows rows, TextLines lines, double[][] starts, SampleTaker taker)
      throws IOException {
    int run = 0;
    for (CsvRows.@Nullable Row row = rows.nextRelative(lines, taker);
        row != null;
        row = rows.nextRelative(lines, taker)) {
      double seconds = row.nanos() / (double) SECOND;
      while (run + 1 < starts.length && seconds >= starts[run + 1][0]) {
        run++;
        taker.gap();
      }
      double at = starts[run][1] + (seconds - starts[run][0]);
      long whole = (long) Math.floor(at);
      long nanos = whole * SECOND + Math.round((at - whole) * SECOND);
      taker.sample(nanos, row.x(), row.y(), row.z());
      taker.parts(1);
    }
  }

  /** Experiment time and time since 1970 of each start. */
  private static double[][] starts(FileHead head) throws UnusableFile {
    List<String> lines = head.lines();
    String header = lines.isEmpty() ? "" : lines.get(0);
    String separator = header.contains(";") ? ";" : header.contains("\t") ? "\t" : ",";
    double[][] found =
        lines.stream()
            .map(line -> line.replace("\"", "").split(separator, -1))
            .filter(cells -> cells.length >= 3)
            .filter(cells -> cells[0].trim().toUpperCase(Locale.ROOT).equals("START"))
            .map(cells -> new double[] {CsvRows.number(cells[1]), CsvRows.number(cells[2])})
            .filter(pair -> Double.isFinite(pair[0]) && Epoch.isPossible(pair[1]))
            .toArray(double[][]::new);
    if (found.length == 0) {
      throw new UnusableFile("the archive's meta/time.csv has no start that can be read");
    }
    return found;
  }
}
