package io.lumbar.ingest.export;

import io.lumbar.model.Posture;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The days of which Google's files tell the steps in an archive. Steps of other files on those days
 * are ignored and make a note.
 */
final class GoogleDays {
  private final Function<Instant, ZoneId> zone;
  private final ExportTaker taker;
  private final Set<LocalDate> days = new HashSet<>();
  private long leftOut;

  GoogleDays(Function<Instant, ZoneId> zone, ExportTaker taker) {
    this.zone = zone;
    this.taker = taker;
  }

  /** Notes the days of Google's steps, and passes all on. */
  ExportTaker noting() {
    return new Passing() {
      @Override
      public void steps(String path, int rows, int count, Instant from, Instant to) {
        days.add(dayOf(from));
        taker.steps(path, rows, count, from, to);
      }
    };
  }

  /** Passes on what is of other days. */
  ExportTaker withoutThem() {
    return new Passing() {
      @Override
      public void steps(String path, int rows, int count, Instant from, Instant to) {
        if (days.contains(dayOf(from))) {
          leftOut += rows;
          taker.ignored(rows);
        } else {
          taker.steps(path, rows, count, from, to);
        }
      }
    };
  }

  /** Says what was left out. */
  void finish() {
    if (leftOut > 0) {
      taker.note(
          "%d rows of steps are of days that Google's steps_*.csv in the archive has too; those count"
              .formatted(leftOut));
    }
  }

  private LocalDate dayOf(Instant at) {
    return LocalDate.ofInstant(at, zone.apply(at));
  }

  private abstract class Passing implements ExportTaker {
    @Override
    public void posture(String path, int rows, Posture posture, Instant from, Instant to) {
      taker.posture(path, rows, posture, from, to);
    }

    @Override
    public void ignored(int rows) {
      taker.ignored(rows);
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
