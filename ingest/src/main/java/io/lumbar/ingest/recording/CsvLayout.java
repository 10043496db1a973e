package io.lumbar.ingest.recording;

import io.lumbar.model.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Where a text file has what.
 *
 * @param program the id of the format
 * @param device what to call the device
 * @param separator between cells
 * @param firstRow the line, from 0, of the first sample
 * @param time the column of the time, or -1 when rows only follow each other
 * @param clock what the times are
 * @param x, y, z columns
 * @param countsPerUnit what to divide values by
 * @param firstNanos without a column of times, the wall clock at the first row
 * @param rate without a column of times, rows a second
 * @param dayFirst whether 1/2/2026 is in February
 * @param placement where the device was worn, if the file says so
 */
record CsvLayout(
    String program,
    String device,
    char separator,
    int firstRow,
    int time,
    Clock clock,
    int x,
    int y,
    int z,
    double countsPerUnit,
    long firstNanos,
    double rate,
    boolean dayFirst,
    @Nullable Placement placement) {

  /** What a column of times holds. */
  enum Clock {
    /** A date with a time, with or without its offset. */
    DATE,
    /** A date with a time and its offset. */
    DATE_WITH_OFFSET,
    /** Since 1970. */
    EPOCH,
    /** Days since the end of 1899, local. */
    SPREADSHEET_DAYS,
    /** Seconds since the start. */
    SECONDS,
    /** Milliseconds since the start. */
    MILLISECONDS,
    /** There is no column. */
    NONE
  }

  Origin.Times times() {
    return switch (clock) {
      case EPOCH, DATE_WITH_OFFSET -> Origin.Times.ABSOLUTE;
      case SECONDS, MILLISECONDS -> Origin.Times.RELATIVE;
      case DATE, SPREADSHEET_DAYS, NONE -> Origin.Times.LOCAL;
    };
  }

  int columns() {
    return 1 + Math.max(Math.max(time, x), Math.max(y, z));
  }
}
