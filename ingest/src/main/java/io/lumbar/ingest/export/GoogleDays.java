package io.lumbar.ingest.export;

import io.lumbar.model.Posture;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The days of which an archive has the steps both in Google's files and in others. They would stand
 * beside each other, so that of each day those count that have more of it: on the day of the change
 * to Google Health, and where Google knows the phone alone, Google's are only some. Of times that
 * nobody knows to be local or UTC the day's sum is taken both ways, so that the same walks, a few
 * hours apart, never look like more than Google has. To be told of all steps once before they are
 * read.
 */
final class GoogleDays {
  private static final double ABOUT_AS_MANY = 0.9;

  private final Function<Instant, ZoneId> zone;
  private final ExportTaker taker;
  private final Map<LocalDate, Long> ofGoogle = new HashMap<>();
  private final Map<LocalDate, Long> ofOthers = new HashMap<>();
  private final Map<LocalDate, Long> ofOthersIfUtc = new HashMap<>();
  private long leftOut;

  GoogleDays(Function<Instant, ZoneId> zone, ExportTaker taker) {
    this.zone = zone;
    this.taker = taker;
  }

  /**
   * Adds up steps, and passes nothing on.
   *
   * @param takenAsLocal whether the times were taken as local, and may be UTC
   */
  ExportTaker adding(boolean google, boolean takenAsLocal) {
    return new ExportTaker() {
      @Override
      public void steps(String path, int rows, int steps, Instant from, Instant to) {
        if (google) {
          ofGoogle.merge(dayOf(from), (long) steps, Long::sum);
          return;
        }
        ofOthers.merge(dayOf(from), (long) steps, Long::sum);
        Instant ifUtc =
            takenAsLocal
                ? LocalDateTime.ofInstant(from, zone.apply(from)).toInstant(ZoneOffset.UTC)
                : from;
        ofOthersIfUtc.merge(dayOf(ifUtc), (long) steps, Long::sum);
      }

      @Override
      public void posture(String path, int rows, Posture posture, Instant from, Instant to) {}

      @Override
      public void ignored(int rows) {}

      @Override
      public void refused(String path, String reason) {}

      @Override
      public void note(String sentence) {}
    };
  }

  /** Passes on what counts. */
  ExportTaker choosing(boolean google) {
    return new ExportTaker() {
      @Override
      public void steps(String path, int rows, int steps, Instant from, Instant to) {
        if (google == isGoogles(dayOf(from))) {
          taker.steps(path, rows, steps, from, to);
        } else {
          leftOut += rows;
          taker.ignored(rows);
        }
      }

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
    };
  }

  /** Says what was left out. */
  void finish() {
    if (leftOut > 0) {
      long days = ofGoogle.keySet().stream().filter(ofOthers::containsKey).count();
      taker.note(
          "days with steps both in Google's steps_*.csv and in other files: %d; of each those count that have more, and %d rows are left out"
              .formatted(days, leftOut));
    }
  }

  /** Where both have about as many, Google's, whose zone is known. */
  private boolean isGoogles(LocalDate day) {
    Long google = ofGoogle.get(day);
    long others = Math.min(ofOthers.getOrDefault(day, 0L), ofOthersIfUtc.getOrDefault(day, 0L));
    return google != null && google >= ABOUT_AS_MANY * others;
  }

  private LocalDate dayOf(Instant at) {
    return LocalDate.ofInstant(at, zone.apply(at));
  }
}
