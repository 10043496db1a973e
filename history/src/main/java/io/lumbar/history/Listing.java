package io.lumbar.history;

import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How all adapters order and cut lists: by start in milliseconds, then by id, and a page begins
 * behind the last item of the one before.
 *
 * <p>An item covers [start, {@link #until}); one without length counts as a millisecond, so that it
 * stands in the range that holds its start.
 */
public final class Listing {
  /** What lasts longer must be looked for; what does not lies near. */
  private static final long LONG = Duration.ofDays(1).toMillis();

  /** Among how many starts before that a longer one is looked for. */
  public static final int STARTS = 64;

  private static final int WHOLE_PAGE = 10_000;

  private Listing() {}

  /** Start and exclusive end of an item, in milliseconds. */
  public record Extent(long start, long until) {}

  /** The {@link #STARTS} last items that start before an instant. */
  @FunctionalInterface
  public interface Starts {
    List<Extent> before(long millis);
  }

  /**
   * The first place at which a list of what overlaps the range must be read, so that a day in many
   * years is found without reading all before it: a day before the range, or the start of what
   * lasted longer and reaches into it. A wearer's bouts follow one another, so that the last starts
   * tell; of what overlaps, more than {@value #STARTS} that start after a longer one hide it.
   */
  public static Cursor first(Range range, Starts starts) {
    Cursor after = Cursor.of(range.after());
    long from = from(range);
    if (from <= 0 || after.millis() >= from - LONG) {
      return after;
    }
    long near = near(from);
    for (Extent each : starts.before(near)) {
      if (each.until() > from) {
        near = Math.min(near, each.start());
      }
    }
    Cursor first = new Cursor(near, "");
    return first.compareTo(after) > 0 ? first : after;
  }

  /**
   * From where on a list of what overlaps a range is read, unless something longer begins before.
   */
  public static long near(long from) {
    return from - LONG;
  }

  /**
   * All items of [from, to), page by page.
   *
   * @throws HistoryStore.HistoryUnavailable when the history cannot be reached
   */
  public static <T> List<T> all(Instant from, Instant to, Function<Range, Page<T>> read) {
    List<T> items = new ArrayList<>();
    String after = null;
    do {
      Page<T> page = read.apply(new Range(from, to, WHOLE_PAGE, after));
      items.addAll(page.items());
      after = page.next();
    } while (after != null);
    return items;
  }

  /**
   * The place of an item in its list.
   *
   * @param millis its start since the epoch
   */
  public record Cursor(long millis, String id) implements Comparable<Cursor> {
    private static final Comparator<Cursor> ORDER =
        Comparator.comparingLong(Cursor::millis).thenComparing(Cursor::id);

    /** Before every item. */
    public static final Cursor START = new Cursor(Long.MIN_VALUE, "");

    /**
     * Reads what {@link Page#next} gave; null is the start.
     *
     * @throws IllegalArgumentException when the text is no cursor
     */
    public static Cursor of(@Nullable String text) {
      if (text == null) {
        return START;
      }
      int mark = text.indexOf('~');
      try {
        if (mark > 0) {
          return new Cursor(Long.parseLong(text.substring(0, mark)), text.substring(mark + 1));
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(notACursor(text), e);
      }
      throw new IllegalArgumentException(notACursor(text));
    }

    private static String notACursor(String text) {
      return "after '%s' is not a cursor; give the 'next' of the page before".formatted(text);
    }

    @Override
    public int compareTo(Cursor other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return millis + "~" + id;
    }
  }

  /** Milliseconds of the range's beginning, the smallest number when it has none. */
  public static long from(Range range) {
    return range.from() == null ? Long.MIN_VALUE : millis(range.from());
  }

  /** Milliseconds of the range's end, exclusive, the largest number when it has none. */
  public static long to(Range range) {
    if (range.to() == null) {
      return Long.MAX_VALUE;
    }
    long floor = millis(range.to());
    return Instant.ofEpochMilli(floor).isBefore(range.to()) ? floor + 1 : floor;
  }

  /**
   * Milliseconds of an item's instant.
   *
   * @throws HistoryRefused when it is too far away to be counted in milliseconds
   */
  public static long at(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new HistoryRefused("a time is millions of years away", e);
    }
  }

  /**
   * The exclusive end of an item in milliseconds.
   *
   * @throws HistoryRefused as {@link #at}
   */
  public static long until(Instant from, Instant to) {
    return Math.max(at(to), at(from) + 1);
  }

  /**
   * Makes a page of items in order.
   *
   * @param items one more than the limit, when there is more
   */
  public static <T> Page<T> page(List<T> items, int limit, Function<T, Cursor> cursor) {
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<T> shown = new ArrayList<>(items.subList(0, limit));
    return new Page<>(shown, cursor.apply(shown.get(limit - 1)).toString());
  }

  private static long millis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE - 1;
    }
  }
}
