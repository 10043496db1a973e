package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.Span;
import java.time.ZoneId;

/** Time in which steps changed and inactivity was not looked for since. */
record ChangedSteps(Span span, ZoneId zone) {

  static ChangedSteps parse(String text) {
    String[] parts = text.split("\\|", 3);
    return new ChangedSteps(
        new Span(Long.parseLong(parts[0]), Long.parseLong(parts[1])), ZoneId.of(parts[2]));
  }

  String text() {
    return span.from() + "|" + span.to() + "|" + zone.getId();
  }

  ChangedSteps and(ChangedSteps other) {
    return new ChangedSteps(span.hull(other.span.from(), other.span.to()), other.zone);
  }
}
