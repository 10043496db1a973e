package io.lumbar.reports.privacy;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span that a wearer had forgotten, by the id of its receipt, and how far the history is with it.
 *
 * <p>The id says whose span it is and when, so that every process knows it and it is the same when
 * the same is asked again. It is no secret and opens nothing: who reads the receipt has to be one
 * who may read the wearer.
 */
record SpanReceipt(WearerId wearer, TimeSpan span) {
  private static final int RADIX = 36;
  private static final int DATES_AROUND = 3;
  private static final Pattern ID =
      Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([0-9a-z]{1,9})\\.([0-9a-z]{1,9})");

  /**
   * How far it is.
   *
   * @param history whether what was found in the span is away
   * @param sums whether days and nights are summed anew without it
   */
  record Progress(boolean history, boolean sums) {
    static final Progress ASKED = new Progress(false, false);
  }

  /** Of a span with two ends. */
  static SpanReceipt of(Erasure erasure) {
    Instant from = erasure.from();
    Instant to = erasure.to();
    if (from == null || to == null) {
      throw new IllegalArgumentException("a span has two ends");
    }
    return new SpanReceipt(erasure.wearer(), new TimeSpan(from, to));
  }

  /** Reads {@link #id}; empty where a text is none. */
  static Optional<SpanReceipt> read(String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Instant from = Instant.ofEpochMilli(Long.parseLong(parts.group(2), RADIX));
    Instant to = Instant.ofEpochMilli(Long.parseLong(parts.group(3), RADIX));
    return from.isBefore(to)
        ? Optional.of(new SpanReceipt(new WearerId(parts.group(1)), new TimeSpan(from, to)))
        : Optional.empty();
  }

  /** The wearer's id and both ends, in milliseconds to the base of 36. */
  String id() {
    return "%s.%s.%s".formatted(wearer.value(), digits(span.from()), digits(span.to()));
  }

  private static String digits(Instant instant) {
    return Long.toString(instant.toEpochMilli(), RADIX);
  }

  /**
   * What the history has noted of it, once it has of all its parts; asked twice, the later.
   *
   * @param noted of any wearer
   */
  Optional<Erasure> noted(List<Erasure> noted) {
    Map<TimeSpan, Instant> askedAt = new HashMap<>();
    for (Erasure each : noted) {
      if (each.wearer().equals(wearer) && !each.whole()) {
        askedAt.merge(of(each).span(), each.at(), (one, two) -> one.isBefore(two) ? two : one);
      }
    }
    List<TimeSpan> parts = ForgetSink.parts(span.from(), span.to());
    return askedAt.keySet().containsAll(parts)
        ? parts.stream()
            .map(askedAt::get)
            .max(Comparator.naturalOrder())
            .map(at -> new Erasure(wearer, span.from(), span.to(), at))
        : Optional.empty();
  }

  /**
   * Whether no day and no night of the history counts it any more: each that it reaches into knows
   * that this time is forgotten. Days that could not be summed anew are not there.
   *
   * @throws HistoryStore.HistoryUnavailable when the history cannot be reached
   */
  boolean isOutOfSums(HistoryStore history) {
    LocalDate first = span.from().atZone(ZoneOffset.UTC).toLocalDate().minusDays(DATES_AROUND);
    LocalDate last = span.to().atZone(ZoneOffset.UTC).toLocalDate().plusDays(DATES_AROUND);
    Dates dates = history.dates(wearer, first, last);
    return dates.days().stream().allMatch(this::isOutOf)
        && dates.nights().stream().allMatch(this::isOutOf);
  }

  private boolean isOutOf(DaySummary day) {
    return span.within(day.begin(), day.end())
        .map(own -> covers(day.forgotten(), own))
        .orElse(true);
  }

  private static boolean covers(List<TimeSpan> forgotten, TimeSpan own) {
    Instant left = own.from();
    for (TimeSpan each : forgotten.stream().sorted(Comparator.comparing(TimeSpan::from)).toList()) {
      if (!each.from().isAfter(left) && each.to().isAfter(left)) {
        left = each.to();
      }
    }
    return !left.isBefore(own.to());
  }

  /** A night tells only how much of it is forgotten; less than a minute is its edge. */
  private boolean isOutOf(NightSummary night) {
    return span.within(night.inBedFrom(), night.inBedTo())
        .map(own -> own.minutes() < 1 || night.forgottenMinutes() > own.minutes() - 1)
        .orElse(true);
  }
}
