package io.lumbar.history.influx;

import io.lumbar.history.Listing;
import io.lumbar.model.Bout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bouts at the full hours of UTC, because InfluxQL cannot: the parts of an hour, summed, are
 * the minutes of each posture in it. Bouts of a wearer do not overlap, so that no hour has more
 * than sixty. Postures that say nothing of the body have no parts.
 *
 * <p>A part that a later revision no longer has becomes one of no minutes. What this process wrote
 * of a bout it writes once.
 */
final class BoutHours {
  private static final int REMEMBERED = 20_000;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** No posture is kept up for so long; the rest of a bout that says so is left out. */
  private static final long LONGEST = Duration.ofDays(31).toMillis();

  private final Map<String, Long> ends =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The exclusive end in milliseconds as the history keeps it, 0 of what is retracted. */
  static long until(Bout bout) {
    return bout.retracted() ? 0 : Listing.until(bout.from(), bout.to());
  }

  /**
   * The points to write.
   *
   * @param former what the history had of the bout, null when nothing
   */
  synchronized List<String> of(Bout bout, Revisions.@Nullable Shown former) {
    List<String> lines = new ArrayList<>();
    if (!bout.posture().isKnown()) {
      return lines;
    }
    long from = Listing.at(bout.from());
    long end = bout.retracted() ? from : Math.min(Listing.at(bout.to()), from + LONGEST);
    long kept = Math.min(end, ends.getOrDefault(bout.id(), from));
    for (long at = from; at < end; at = next(at)) {
      if (next(at) > kept) {
        lines.add(Points.hour(bout, at, (Math.min(next(at), end) - at) / 60_000.0));
      }
    }
    for (long lost : starts(from, former == null ? 0 : former.at())) {
      if (lost >= end) {
        lines.add(Points.hour(bout, lost, 0));
      }
    }
    return lines;
  }

  /** Call once they are written. */
  synchronized void remember(Collection<Bout> written) {
    for (Bout bout : written) {
      if (bout.posture().isKnown()) {
        ends.put(bout.id(), bout.retracted() ? Listing.at(bout.from()) : Listing.at(bout.to()));
      }
    }
  }

  /** Writes all of each bout anew. */
  synchronized void forgetAll() {
    ends.clear();
  }

  /** Where the parts of a bout begin that lasts from an instant until another, in milliseconds. */
  static List<Long> starts(long from, long until) {
    List<Long> starts = new ArrayList<>();
    for (long at = from; at < Math.min(until, from + LONGEST); at = next(at)) {
      starts.add(at);
    }
    return starts;
  }

  private static long next(long at) {
    return (Math.floorDiv(at, HOUR) + 1) * HOUR;
  }
}
