package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.ActiGraphHeader;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.TextLines;
import io.lumbar.ingest.recording.UnusableFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/**
 * Steps and, where the inclinometer was on, postures of an ActiGraph's counts per epoch, as
 * ActiLife exports them. The counts themselves say nothing of a posture and are left out.
 */
public final class ActiGraphEpochs implements ExportFormat {
  private static final Duration LONGEST_EPOCH = Duration.ofMinutes(1);

  @Override
  public String id() {
    return "actigraph-epochs";
  }

  @Override
  public String description() {
    return "ActiGraph counts per epoch as CSV, with the header of ActiLife: its steps and its"
        + " inclinometer";
  }

  @Override
  public boolean recognises(FileHead head) {
    return !head.isZip()
        && ActiGraphHeader.recognises(head.lines())
        && !ActiGraphHeader.hasSamples(head.lines());
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    List<String> lines = file.head().lines();
    ActiGraphColumns columns = columns(lines);
    if (!columns.tellAnything()) {
      throw new UnusableFile(
          "this ActiGraph file has neither steps nor the inclinometer; export it with them, or its raw data");
    }
    return new Origin(
        ActiGraphHeader.device(lines),
        Origin.Times.LOCAL,
        Origin.Unit.G,
        ActiGraphHeader.placement(lines));
  }

  @Override
  public void read(InputFile file, Function<Instant, ZoneId> zone, ExportTaker taker)
      throws IOException {
    List<String> head = file.head().lines();
    ActiGraphColumns columns = columns(head);
    LocalTimes times = new LocalTimes(zone, ActiGraphHeader.isDayFirst(head));
    try (TextLines lines = new TextLines(file.open())) {
      new ActiGraphRows(columns, epoch(head), times, ActiGraphHeader.start(head), taker)
          .read(lines);
    }
  }

  private static ActiGraphColumns columns(List<String> lines) throws UnusableFile {
    if (lines.size() <= ActiGraphHeader.LINES) {
      throw new UnusableFile("the ActiGraph file ends behind its header");
    }
    return ActiGraphColumns.of(lines.get(ActiGraphHeader.LINES));
  }

  private static Duration epoch(List<String> lines) throws UnusableFile {
    try {
      Duration epoch =
          Duration.between(LocalTime.MIN, LocalTime.parse(ActiGraphHeader.epoch(lines)));
      if (!epoch.isZero() && epoch.compareTo(LONGEST_EPOCH) <= 0) {
        return epoch;
      }
    } catch (DateTimeParseException e) {
      throw new UnusableFile("the ActiGraph file's epoch period cannot be read");
    }
    throw new UnusableFile("the ActiGraph file's epochs must be of 1 to 60 s");
  }
}
