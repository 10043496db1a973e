package io.lumbar.analytics.night;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerDates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A time of lying, in bed if it is long enough, in epoch milliseconds.
 *
 * @param lyingMillis how much of it the wearer lay
 * @param zone the wearer's zone at the end
 * @param dates the wearer's dates
 * @param open true while it may go on
 * @param holdsUntil while open, until when the wearer lies without another word; {@code to} if none
 * @param outOfBed times out of bed in between, as {@link TimesUp} counts them
 */
record Rest(
    long from,
    long to,
    long lyingMillis,
    ZoneId zone,
    WearerDates dates,
    boolean open,
    long holdsUntil,
    int outOfBed) {
  /** The least lying that counts as time in bed: shorter is a rest on a sofa. */
  private static final long SHORTEST = 60 * 60_000L;

  /** The least lying that counts as a night (ActiPASS, as its shortest bedtime). */
  private static final long SHORTEST_NIGHT = 180 * 60_000L;

  boolean isInBed() {
    return lyingMillis >= SHORTEST;
  }

  boolean isNight() {
    return lyingMillis >= SHORTEST_NIGHT;
  }

  /** When lying on makes it a time in bed and a night, as far as it is none. */
  LongStream growsInto() {
    return LongStream.of(SHORTEST, SHORTEST_NIGHT)
        .filter(least -> lyingMillis < least)
        .map(least -> to + least - lyingMillis);
  }

  /** When lying on makes it the night of its date instead of the earlier ones among some. */
  LongStream outgrows(List<Rest> others) {
    return others.stream()
        .filter(other -> other.to() <= from && other.isNight() && other.date().equals(date()))
        .mapToLong(Rest::lyingMillis)
        .max()
        .stream()
        .filter(most -> lyingMillis <= most)
        .map(most -> to + most - lyingMillis + 1);
  }

  /** The same with the lying for which no other word is needed. */
  Rest heldOn() {
    return new Rest(
        from, holdsUntil, lyingMillis + holdsUntil - to, zone, dates, open, holdsUntil, outOfBed);
  }

  Span span() {
    return new Span(from, to);
  }

  /** The date of waking, under which a night stands. */
  LocalDate date() {
    return dates.at(Instant.ofEpochMilli(to));
  }
}
