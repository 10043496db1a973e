package io.lumbar.app.demo;

import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a simulated wearer really does over [from, to): the truth behind the uploads. */
record Segment(Instant from, Instant to, Posture posture, @Nullable SleepPosition position) {

  /** Steps of a leisurely walk: 100 a minute. */
  int steps() {
    return posture == Posture.WALKING
        ? Math.toIntExact(Duration.between(from, to).toSeconds() * 100 / 60)
        : 0;
  }

  /** The part inside [start, end), or null. */
  @Nullable Segment within(Instant start, Instant end) {
    Instant newFrom = from.isBefore(start) ? start : from;
    Instant newTo = to.isAfter(end) ? end : to;
    return newFrom.isBefore(newTo) ? new Segment(newFrom, newTo, posture, position) : null;
  }

  /** This segment in pieces of at most a length. */
  List<Segment> cut(Duration longest) {
    List<Segment> pieces = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); at = at.plus(longest)) {
      Instant end = at.plus(longest);
      pieces.add(new Segment(at, end.isBefore(to) ? end : to, posture, position));
    }
    return pieces;
  }
}
