package io.lumbar.ingest.recording;

import io.lumbar.model.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Exports of the app Sensor Logger: the zip archive, or one of its CSV files.
 *
 * <p>Of an archive the total acceleration is taken, or accelerometer and gravity added up where
 * their times are within 5 ms, or the uncalibrated accelerometer. On iOS gravity points down, on
 * Android up; the archive says which it was, and iOS is turned over unless the app did so itself
 * (its setting Standardise Units and Frames). Where it does not say, and for a single file, what is
 * said of the device counts. The total acceleration, which only Android records, is never turned.
 *
 * @param ios whether the device's apps are said to count as iOS does
 */
public record SensorLoggerFile(boolean ios) implements RecordingFormat {
  private static final String TOTAL = "TotalAcceleration.csv";
  private static final String LINEAR = "Accelerometer.csv";
  private static final String GRAVITY = "Gravity.csv";
  private static final String UNCALIBRATED = "AccelerometerUncalibrated.csv";
  private static final String WRIST = "WristMotion.csv";
  private static final String METADATA = "Metadata.csv";
  private static final List<String> READINGS =
      List.of("Pedometer.csv", "Battery.csv", "Activity.csv");
  private static final CsvFile CSV =
      new CsvFile(
          CsvSniffer.SENSOR_LOGGER,
          "Sensor Logger, its zip, its JSON, or one CSV of it with gravity included");
  private static final long PAIR_NANOS = 5_000_000;

  /** For a device of which nothing is said. */
  public SensorLoggerFile() {
    this(false);
  }

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
    if (!head.isZip()) {
      return CSV.recognises(head);
    }
    return (hasPhone(head) || head.hasEntry(WRIST) || hasReadings(head))
        && !head.hasEntry(PhyphoxFile.DEVICE);
  }

  /** Whether an archive of the app has other readings that are used; their names are common. */
  private static boolean hasReadings(FileHead head) {
    return head.hasEntry(METADATA) && READINGS.stream().anyMatch(head::hasEntry);
  }

  /** Whether an archive has motion of the phone itself, and not only of a watch. */
  public static boolean hasPhone(FileHead head) {
    return head.hasEntry(LINEAR) || head.hasEntry(TOTAL) || head.hasEntry(UNCALIBRATED);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    FileHead head = file.head();
    boolean onlyWatch = head.isZip() && !hasPhone(head) && head.hasEntry(WRIST);
    return new Origin(
        "Sensor Logger import",
        Origin.Times.ABSOLUTE,
        Origin.Unit.TOLD_BY_SIZE,
        onlyWatch ? Placement.WRIST : null);
  }

  @Override
  public void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException {
    FileHead head = file.head();
    if (!head.isZip()) {
      boolean isTotal = file.head().lines().get(0).toLowerCase(Locale.ROOT).contains("total");
      CSV.read(file, clock, ios && !isTotal ? new TurnedOver(taker) : taker);
      return;
    }
    try (ZipEntries entries = ZipEntries.open(file)) {
      Optional<ZipEntry> whole = entries.find(TOTAL);
      Optional<ZipEntry> linear = entries.find(LINEAR);
      Optional<ZipEntry> gravity = entries.find(GRAVITY);
      SampleTaker upright = isTurnedOver(entries) ? new TurnedOver(taker) : taker;
      if (whole.isPresent()) {
        one(entries, whole.get(), clock, taker);
      } else if (linear.isPresent() && gravity.isPresent()) {
        sum(entries, linear.get(), gravity.get(), clock, upright);
      } else {
        one(
            entries,
            entries
                .find(UNCALIBRATED)
                .orElseThrow(
                    () ->
                        new UnusableFile(
                            "the archive has no gravity; record with Gravity or Total Acceleration switched on beside Accelerometer")),
            clock,
            upright);
      }
    }
  }

  private static void one(ZipEntries entries, ZipEntry entry, LocalClock clock, SampleTaker taker)
      throws IOException {
    entries.expect(List.of(entry));
    try (TextLines lines = entries.lines(entry)) {
      new CsvRows(CsvFile.layout(entries.head(entry)), clock).read(lines, taker);
    }
  }

  private static void sum(
      ZipEntries entries, ZipEntry linear, ZipEntry gravity, LocalClock clock, SampleTaker taker)
      throws IOException {
    entries.expect(List.of(linear, gravity));
    CsvRows fromLinear = new CsvRows(CsvFile.layout(entries.head(linear)), clock);
    CsvRows fromGravity = new CsvRows(CsvFile.layout(entries.head(gravity)), clock);
    try (TextLines linearLines = entries.lines(linear);
        TextLines gravityLines = entries.lines(gravity)) {
      CsvRows.Row a = fromLinear.next(linearLines, taker);
      CsvRows.Row g = fromGravity.next(gravityLines, taker);
      while (a != null && g != null) {
        long apart = g.nanos() - a.nanos();
        if (Math.abs(apart) <= PAIR_NANOS) {
          taker.sample(a.nanos(), a.x() + g.x(), a.y() + g.y(), a.z() + g.z());
          taker.parts(1);
          a = fromLinear.next(linearLines, taker);
          g = fromGravity.next(gravityLines, taker);
        } else if (apart > 0) {
          taker.ignored(1);
          a = fromLinear.next(linearLines, taker);
        } else {
          g = fromGravity.next(gravityLines, taker);
        }
      }
      while (a != null) {
        taker.ignored(1);
        a = fromLinear.next(linearLines, taker);
      }
    }
  }

  private boolean isTurnedOver(ZipEntries entries) throws IOException {
    return isTurnedOver(entries, ios);
  }

  /**
   * Whether an archive's readings count as iOS does.
   *
   * @param said what is said of the device, where the archive says nothing
   */
  public static boolean isTurnedOver(ZipEntries entries, boolean said) throws IOException {
    Optional<ZipEntry> metadata = entries.find(METADATA);
    List<String> lines = metadata.isEmpty() ? List.of() : entries.head(metadata.get()).lines();
    if (lines.size() < 2) {
      return said;
    }
    List<String> names = cells(lines.get(0));
    List<String> values = cells(lines.get(1));
    String platform = value(names, values, "platform");
    String standard = value(names, values, "standardisation");
    boolean tells = platform != null && !platform.isEmpty();
    return tells ? "ios".equals(platform) && !"true".equals(standard) : said;
  }

  private static @Nullable String value(List<String> names, List<String> values, String name) {
    int column = names.indexOf(name);
    return column < 0 || column >= values.size() ? null : values.get(column);
  }

  /** Lists of sensors in quotes or bars hold no commas of their own in this file's other cells. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",", -1)) {
      cells.add(cell.replace("\"", "").trim().toLowerCase(Locale.ROOT));
    }
    return cells;
  }

  private record TurnedOver(SampleTaker taker) implements SampleTaker {
    @Override
    public void sample(long nanos, float x, float y, float z) {
      // Adding zero leaves no negative zero behind.
      taker.sample(nanos, -x + 0f, -y + 0f, -z + 0f);
    }

    @Override
    public void gap() {
      taker.gap();
    }

    @Override
    public void parts(int count) {
      taker.parts(count);
    }

    @Override
    public void ignored(int count) {
      taker.ignored(count);
    }

    @Override
    public void refused(String path, String reason) {
      taker.refused(path, reason);
    }

    @Override
    public void note(String sentence) {
      taker.note(sentence);
    }
  }
}
