package io.lumbar.ingest.format.healthautoexport;

import io.lumbar.ingest.format.Item;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far apart a metric's rows stand, which tells how long they are.
 *
 * @param least between two rows that follow each other, or null when no two differ
 * @param largest of the rows' quantities, or 0
 */
record RowSpacing(@Nullable Duration least, double largest) {

  static RowSpacing of(List<Item> rows) {
    Duration least = null;
    double largest = 0;
    Instant before = null;
    for (Item row : rows) {
      Instant at = startOf(row);
      if (at == null) {
        continue;
      }
      if (before != null && !at.equals(before)) {
        Duration apart = Duration.between(before, at).abs();
        least = least == null || apart.compareTo(least) < 0 ? apart : least;
      }
      before = at;
      largest = Math.max(largest, row.node().path("qty").asDouble(0));
    }
    return new RowSpacing(least, largest);
  }

  /** Whether no two rows stand closer; so it is where there are no two. */
  boolean isAtLeast(Duration distance) {
    return least == null || least.compareTo(distance) >= 0;
  }

  /** Null where it cannot be read, which is refused when the row's turn comes. */
  private static @Nullable Instant startOf(Item row) {
    try {
      return AppleDates.parse(row.node().path("date").asText());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
