package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.ActiGraphHeader;
import io.lumbar.ingest.recording.TextLines;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of counts per epoch. Steps are told by the minute; postures as long as they last, an
 * hour at most.
 *
 * <p>A row's own time counts; without one it begins where the row before it ended.
 */
final class ActiGraphRows {
  private static final Duration STEPS_TOGETHER = Duration.ofMinutes(1);
  private static final Duration LONGEST_POSTURE = Duration.ofHours(1);

  /** As the columns of the inclinometer are ordered; "standing" holds walking too. */
  private static final List<Posture> POSTURES =
      List.of(Posture.NOT_WORN, Posture.UPRIGHT, Posture.SITTING, Posture.LYING);

  private final ActiGraphColumns columns;
  private final Duration epoch;
  private final LocalTimes times;
  private final String start;
  private final ExportTaker taker;
  private int number = ActiGraphHeader.LINES;
  private @Nullable Instant next;

  private int steps;
  private int stepRows;
  private @Nullable Instant stepsFrom;
  private Instant stepsTo = Instant.MIN;

  private @Nullable Posture posture;
  private int postureRows;
  private Instant postureFrom = Instant.MIN;
  private Instant postureTo = Instant.MIN;
  private boolean sat;

  ActiGraphRows(
      ActiGraphColumns columns, Duration epoch, LocalTimes times, String start, ExportTaker taker) {
    this.columns = columns;
    this.epoch = epoch;
    this.times = times;
    this.start = start;
    this.taker = taker;
  }

  void read(TextLines lines) throws IOException {
    for (int i = 0; i < ActiGraphHeader.LINES + (columns.named() ? 1 : 0); i++) {
      lines.next();
    }
    number += columns.named() ? 1 : 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (!line.isBlank()) {
        row(Cells.of(line));
      }
    }
    tellSteps();
    tellPosture();
    if (sat) {
      taker.note(
          "sitting is ActiGraph's own guess; at the waist it was right in 58 % of the time in a test (Edwardson 2016)");
    }
  }

  private void row(List<String> cells) throws UnusableFile {
    if (cells.size() < columns.cells()) {
      taker.refused(path(), "has only %d columns".formatted(cells.size()));
      return;
    }
    Instant from;
    try {
      from = from(cells);
    } catch (DateTimeException e) {
      taker.refused(path(), "its time cannot be read");
      return;
    }
    next = from.plus(epoch);
    int count = columns.steps() < 0 ? 0 : Cells.count(cells.get(columns.steps()));
    if (count < 0) {
      taker.refused(path(), "steps: must be a whole number");
      return;
    }
    if (columns.steps() >= 0) {
      addSteps(count, from);
    }
    addPosture(columns.inclinometer() < 0 ? null : posture(cells), from);
  }

  private Instant from(List<String> cells) throws UnusableFile {
    if (columns.date() >= 0) {
      String date = cells.get(columns.date());
      return times.of(columns.time() < 0 ? date : date + " " + cells.get(columns.time()));
    }
    if (next != null) {
      return next;
    }
    try {
      return times.of(start);
    } catch (DateTimeException e) {
      throw new UnusableFile("the ActiGraph file's start date or time cannot be read");
    }
  }

  private void addSteps(int count, Instant from) {
    boolean goesOn = stepsFrom != null && stepsTo.equals(from);
    if (stepsFrom == null || !goesOn || !from.isBefore(stepsFrom.plus(STEPS_TOGETHER))) {
      tellSteps();
      stepsFrom = from;
    }
    steps += count;
    stepRows++;
    stepsTo = from.plus(epoch);
  }

  private void tellSteps() {
    if (stepsFrom != null) {
      taker.steps(path(), stepRows, steps, stepsFrom, stepsTo);
    }
    steps = 0;
    stepRows = 0;
    stepsFrom = null;
  }

  /** The one that fills most of the epoch; null when the four do not add up to it. */
  private @Nullable Posture posture(List<String> cells) {
    int sum = 0;
    int most = -1;
    Posture told = null;
    for (int i = 0; i < ActiGraphColumns.POSTURES; i++) {
      int seconds = Cells.count(cells.get(columns.inclinometer() + i));
      sum += seconds;
      if (seconds > most) {
        most = seconds;
        told = POSTURES.get(i);
      }
    }
    return sum == epoch.toSeconds() ? told : null;
  }

  private void addPosture(@Nullable Posture told, Instant from) {
    boolean goesOn =
        told == posture
            && postureTo.equals(from)
            && from.isBefore(postureFrom.plus(LONGEST_POSTURE));
    if (!goesOn) {
      tellPosture();
      posture = told;
      postureFrom = from;
    }
    // With steps their rows are counted there.
    postureRows += columns.steps() < 0 ? 1 : 0;
    postureTo = from.plus(epoch);
    sat |= told == Posture.SITTING;
  }

  private void tellPosture() {
    if (posture != null) {
      taker.posture(path(), postureRows, posture, postureFrom, postureTo);
    } else if (postureRows > 0) {
      taker.ignored(postureRows);
    }
    postureRows = 0;
    posture = null;
  }

  private String path() {
    return "line " + number;
  }
}
