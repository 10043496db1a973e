package io.lumbar.reports.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Correction;
import io.lumbar.model.Wearer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The spans that a wearer had forgotten, and whether a record of a topic, where Kafka keeps it for
 * some time yet, tells of one of them.
 */
public final class ForgottenSpans {
  private final Wearer wearer;
  private final List<Span> spans;

  private record Span(Instant from, Instant to) {}

  private ForgottenSpans(Wearer wearer, List<Span> spans) {
    this.wearer = wearer;
    this.spans = spans;
  }

  /**
   * Puts together what is known of them.
   *
   * @param noted what the history has noted, of any wearer
   * @param told what the wearer told, as far as the topic goes back, in any order; a word that has
   *     a time forgotten holds whatever else is said under its id
   */
  public static ForgottenSpans of(Wearer wearer, List<Erasure> noted, List<Correction> told) {
    List<Span> spans = new ArrayList<>();
    for (Erasure each : noted) {
      Instant from = each.from();
      Instant to = each.to();
      if (each.wearer().equals(wearer.id()) && from != null && to != null) {
        spans.add(new Span(from, to));
      }
    }
    told.stream()
        .filter(Correction::forgets)
        .forEach(one -> spans.add(new Span(one.from(), one.to())));
    spans.sort(Comparator.comparing(Span::from));
    return new ForgottenSpans(wearer, List.copyOf(spans));
  }

  /** Whether an instant lies in one of them. */
  boolean cover(Instant instant) {
    return touch(instant, instant);
  }

  /**
   * Whether a record tells of one of them, by its {@code from} and {@code to}, {@code at}, or
   * {@code date}; of a dead letter the element says it.
   */
  public boolean touch(JsonNode row) {
    if (spans.isEmpty()) {
      return false;
    }
    if (row.path("element").isObject()) {
      return touch(row.path("element"));
    }
    try {
      if (row.has("from")) {
        Instant from = instant(row.path("from"));
        return touch(from, row.has("to") ? instant(row.path("to")) : from);
      }
      if (row.has("at")) {
        return cover(instant(row.path("at")));
      }
      return row.has("date") && coverAllOf(LocalDate.parse(row.path("date").asText()));
    } catch (DateTimeException e) {
      // Of no time that anybody could have meant.
      return false;
    }
  }

  private static Instant instant(JsonNode node) {
    return OffsetDateTime.parse(node.asText()).toInstant();
  }

  private boolean touch(Instant from, Instant to) {
    return spans.stream()
        .anyMatch(
            span -> from.isBefore(span.to) && (to.isAfter(span.from) || !from.isBefore(span.from)));
  }

  private boolean coverAllOf(LocalDate date) {
    Instant left = wearer.dates().begin(date);
    for (Span span : spans) {
      if (!span.from.isAfter(left) && span.to.isAfter(left)) {
        left = span.to;
      }
    }
    return !left.isBefore(wearer.dates().end(date));
  }
}
