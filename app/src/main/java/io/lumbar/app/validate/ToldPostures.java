package io.lumbar.app.validate;

import io.lumbar.model.PostureObservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was told of a sensor, to be asked for by time. */
final class ToldPostures {
  private final TreeMap<Long, PostureObservation> byStart = new TreeMap<>();

  /** Keeps some that do not overlap. */
  ToldPostures(List<PostureObservation> told) {
    told.forEach(one -> byStart.put(one.from().toEpochMilli(), one));
  }

  /** What was told of an instant in epoch milliseconds; empty where nothing was. */
  Optional<PostureObservation> at(long millis) {
    Map.Entry<Long, PostureObservation> last = byStart.floorEntry(millis);
    return last == null || last.getValue().to().toEpochMilli() <= millis
        ? Optional.empty()
        : Optional.of(last.getValue());
  }
}
