package io.lumbar.analytics.night;

import io.lumbar.model.Bout;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerDates;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the times in bed in a list of bouts. Pure.
 *
 * <p>Bouts of lying belong together when less than 20 minutes of something else, and less than an
 * hour of anything, lie between them (after ActiPASS, Hettiarachchi 2021, doi 10.3390/s21030904;
 * the hour is ours, for a sensor that fell silent). What is longer than 20 hours is cut at the
 * wearer's noons, so that somebody who stays in bed has nights too.
 */
final class Rests {
  /** Known time out of bed that ends a rest. */
  static final long LONGEST_UP = 20 * 60_000L;

  /** Time between two bouts of lying that ends a rest, whatever is known of it. */
  static final long LONGEST_GAP = 60 * 60_000L;

  private static final long LONGEST = 20 * 60 * 60_000L;
  private static final LocalTime CUT = LocalTime.NOON;

  private Rests() {}

  /** All of them, however short, by start; dates are those of the zones of the bouts. */
  static List<Rest> of(List<Bout> bouts) {
    return of(bouts, WearerDates::of);
  }

  /**
   * All of them, however short, by start.
   *
   * @param dates the wearer's dates, where nobody knows them by the zone of a bout
   */
  static List<Rest> of(List<Bout> bouts, Function<ZoneId, WearerDates> dates) {
    List<Rest> rests = new ArrayList<>();
    List<Bout> rest = new ArrayList<>();
    List<Bout> between = new ArrayList<>();
    for (Bout bout : bouts) {
      if (bout.posture() != Posture.LYING) {
        between.add(bout);
        continue;
      }
      if (!rest.isEmpty() && !belongs(end(rest), between, bout)) {
        close(rest, rests, dates);
      } else if (!rest.isEmpty()) {
        rest.addAll(between);
      }
      between.clear();
      rest.add(bout);
    }
    close(rest, rests, dates);
    return rests;
  }

  /** When the last of some rests is cut next, if the wearer lies on. */
  static long nextCut(List<Rest> rests) {
    int i = rests.size() - 1;
    Rest last = rests.get(i);
    long from = last.from();
    while (i > 0 && rests.get(i - 1).to() == from) {
      i--;
      from = rests.get(i).from();
    }
    long noon = noonAfter(last.from(), last.zone());
    return 1 + (from < last.from() ? noon : Math.max(noon, from + LONGEST));
  }

  private static boolean belongs(long end, List<Bout> between, Bout next) {
    long up = 0;
    for (Bout bout : between) {
      up += bout.posture().isKnown() ? millis(bout) : 0;
    }
    return up < LONGEST_UP && next.from().toEpochMilli() - end < LONGEST_GAP;
  }

  private static void close(
      List<Bout> rest, List<Rest> rests, Function<ZoneId, WearerDates> datesOf) {
    if (!rest.isEmpty()) {
      long from = rest.get(0).from().toEpochMilli();
      long to = end(rest);
      WearerDates dates = datesOf.apply(rest.get(rest.size() - 1).zone());
      ZoneId zone = dates.zoneAt(Instant.ofEpochMilli(to));
      for (long start = from; start < to; ) {
        long end = to - from > LONGEST ? Math.min(to, noonAfter(start, zone)) : to;
        rests.add(part(rest, start, end, zone, dates));
        start = end;
      }
    }
    rest.clear();
  }

  private static Rest part(List<Bout> rest, long from, long to, ZoneId zone, WearerDates dates) {
    long lying = 0;
    TimesUp up = new TimesUp();
    for (Bout bout : rest) {
      long inside =
          Math.min(to, bout.to().toEpochMilli()) - Math.max(from, bout.from().toEpochMilli());
      if (inside > 0) {
        up.add(bout.posture(), inside);
        lying += bout.posture() == Posture.LYING ? inside : 0;
      }
    }
    Bout last = rest.get(rest.size() - 1);
    boolean open = last.open() && to == end(rest);
    long holdsUntil = open ? last.holdsUntil().toEpochMilli() : to;
    return new Rest(from, to, lying, zone, dates, open, holdsUntil, up.count());
  }

  private static long noonAfter(long instant, ZoneId zone) {
    ZonedDateTime local = Instant.ofEpochMilli(instant).atZone(zone);
    ZonedDateTime noon = local.toLocalDate().atTime(CUT).atZone(zone);
    return (noon.isAfter(local) ? noon : local.toLocalDate().plusDays(1).atTime(CUT).atZone(zone))
        .toInstant()
        .toEpochMilli();
  }

  private static long end(List<Bout> rest) {
    return rest.get(rest.size() - 1).to().toEpochMilli();
  }

  private static long millis(Bout bout) {
    return bout.to().toEpochMilli() - bout.from().toEpochMilli();
  }
}
