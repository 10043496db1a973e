package io.lumbar.analytics.presence;

import io.lumbar.analytics.presence.CellLog.Marks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds when sensors needed something of their wearer. Pure; in cells.
 *
 * <p>A battery needs charging from its first low reading until it charges or is full enough. A
 * sensor needs to learn its position when it could tell no posture for an hour of what it measured,
 * until it can. Either is forgotten when the sensor says nothing for a day, and after three days.
 */
final class Needs {
  /** Not as it should be: a low battery, a posture that the sensor cannot tell. */
  static final int BAD = 1;

  /** As it should be. */
  static final int FINE = 2;

  /** How long a need lasts at most. */
  static final long LONGEST = 3L * Cells.COUNT;

  private static final long FORGOTTEN = Cells.COUNT;
  private static final int HOUR = 12;

  private Needs() {}

  /** What a sensor needs. */
  enum Kind {
    CHARGING(1, 1, "charged"),
    POSITION(2, HOUR, "known-again");

    private final int level;
    private final int cells;
    private final String metBy;

    Kind(int level, int cells, String metBy) {
      this.level = level;
      this.cells = cells;
      this.metBy = metBy;
    }

    int level() {
      return level;
    }

    String metBy() {
      return metBy;
    }
  }

  /**
   * A need.
   *
   * @param track the sensor's track
   * @param first its first cell
   * @param shown the cell with which it was sure
   * @param end the cell behind it, as far as is known
   * @param met whether the sensor got what it needs
   */
  record Need(String track, Kind kind, long first, long shown, long end, boolean met) {

    /** Whether it goes on at a cell. */
    boolean goesOn(long now) {
      return !met && now < forgottenAt();
    }

    /** The cell with which it ends by itself. */
    long forgottenAt() {
      return Math.min(end + FORGOTTEN, first + LONGEST);
    }
  }

  /** The needs in some tracks by start; those that overlap are one, with the first one's name. */
  static List<Need> of(Map<String, Marks> tracks) {
    List<Need> all = new ArrayList<>();
    tracks.forEach((name, marks) -> all.addAll(of(name, marks)));
    all.sort(
        Comparator.comparingLong(Need::first).thenComparing(Need::kind).thenComparing(Need::track));
    List<Need> apart = new ArrayList<>();
    for (Need next : all) {
      int last = apart.size() - 1;
      if (last < 0 || next.first() >= apart.get(last).end()) {
        apart.add(next);
      } else if (next.end() > apart.get(last).end()) {
        Need before = apart.get(last);
        apart.set(
            last,
            new Need(
                before.track(),
                before.kind(),
                before.first(),
                before.shown(),
                next.end(),
                next.met()));
      }
    }
    return apart;
  }

  private static List<Need> of(String track, Marks marks) {
    Kind kind = Tracks.kindOf(track);
    List<Need> found = new ArrayList<>();
    Chain chain = null;
    for (long cell = marks.first(); cell <= marks.last(); cell++) {
      int at = marks.at(cell);
      boolean met = (at & FINE) != 0;
      if (chain != null && (met || cell - chain.heard > FORGOTTEN)) {
        chain.addTo(found, track, kind, met ? cell : chain.last + 1, met);
        chain = null;
      } else if (chain != null && chain.isFull(cell)) {
        // And it is not begun anew before the sensor got what it needs.
        chain.addTo(found, track, kind, chain.last + 1, false);
      }
      if (!met && (at & BAD) != 0) {
        chain = chain == null ? new Chain(cell) : chain;
        chain.bad(cell, kind.cells);
      }
    }
    if (chain != null) {
      chain.addTo(found, track, kind, chain.last + 1, false);
    }
    return found;
  }

  /** Bad readings in a row on their way to a need. */
  private static final class Chain {
    private final long first;
    private long last;
    private long heard;
    private long shown = -1;
    private int count;
    private boolean told;

    Chain(long first) {
      this.first = first;
      last = first;
      heard = first;
    }

    void bad(long cell, int needed) {
      count++;
      heard = cell;
      last = isFull(cell) ? last : cell;
      if (count == needed) {
        shown = cell;
      }
    }

    boolean isFull(long cell) {
      return cell >= first + LONGEST;
    }

    void addTo(List<Need> found, String track, Kind kind, long end, boolean met) {
      if (shown >= 0 && !told) {
        told = true;
        found.add(new Need(track, kind, first, shown, Math.min(end, first + LONGEST), met));
      }
    }
  }
}
