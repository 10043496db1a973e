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
 * @param nanosPerUnit nanoseconds in one unit of a time that is a number
 * @param timesFault why the times cannot be used, or null
 * @param x, y, z columns
 * @param countsPerUnit what to divide values by
 * @param firstNanos without a column of times, the wall clock at the first row
 * @param rate without a column of times, rows a second
 * @param dateOrder whether 1/2/2026 is in February
 * @param placement where the device was worn, if the file says so
 */
record CsvLayout(
    String program,
    String device,
    char separator,
    int firstRow,
    int time,
    Clock clock,
    long nanosPerUnit,
    @Nullable String timesFault,
    int x,
    int y,
    int z,
    double countsPerUnit,
    long firstNanos,
    double rate,
    DateOrders dateOrder,
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
    /** Since the start. */
    SINCE_START,
    /** Since the device was switched on; the first row is the start. */
    SINCE_SWITCHED_ON,
    /** There is no column. */
    NONE
  }

  /** In which order dates with their year last stand. */
  enum DateOrders {
    DAY_FIRST,
    MONTH_FIRST,
    /** The rows have to tell. */
    TO_BE_FOUND
  }

  CsvLayout ordered(boolean dayFirst) {
    return new CsvLayout(
        program,
        device,
        separator,
        firstRow,
        time,
        clock,
        nanosPerUnit,
        timesFault,
        x,
        y,
        z,
        countsPerUnit,
        firstNanos,
        rate,
        dayFirst ? DateOrders.DAY_FIRST : DateOrders.MONTH_FIRST,
        placement);
  }

  Origin.Times times() {
    return switch (clock) {
      case EPOCH, DATE_WITH_OFFSET -> Origin.Times.ABSOLUTE;
      case SINCE_START, SINCE_SWITCHED_ON -> Origin.Times.RELATIVE;
      case DATE, SPREADSHEET_DAYS, NONE -> Origin.Times.LOCAL;
    };
  }

  int columns() {
    return 1 + Math.max(Math.max(time, x), Math.max(y, z));
  }
}
