package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The set of everything that is known about the posture of each wearer, in a store with one value
 * per wearer and UTC hour.
 *
 * <p>UTC, because a wearer's zone may be corrected afterwards; hours, so that a device which
 * reports every few seconds rewrites little. Adding is commutative and idempotent: any order and
 * repetition of the same evidence leaves the same set.
 */
public final class EvidenceLog {
  private static final long HOUR = 3_600_000L;

  private final KeyValueStore<String, byte[]> store;

  public EvidenceLog(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Adds evidence; returns the time whose timeline it may change, or empty when it was known. */
  public Optional<Span> add(WearerId wearer, Evidence evidence) {
    boolean changed = false;
    for (long hour = hourOf(evidence.from()); hour <= hourOf(evidence.to() - 1); hour += HOUR) {
      changed |= addToHour(wearer, hour, evidence);
    }
    if (!changed) {
      return Optional.empty();
    }
    Span affected = new Span(evidence.from(), evidence.to());
    // A report ends what the device said before it, up to the horizon of that.
    for (Evidence earlier : hour(wearer, hourOf(evidence.from()))) {
      if (earlier.kind() != Kind.SPAN
          && earlier.from() < evidence.from()
          && earlier.to() > evidence.from()
          && earlier.stamp().device().equals(evidence.stamp().device())) {
        affected = affected.hull(earlier.from(), earlier.to());
      }
    }
    return Optional.of(affected);
  }

  /** All evidence that bears on a span, without repetition, in no particular order. */
  public List<Evidence> bearingOn(WearerId wearer, Span span) {
    Set<Evidence> found = new LinkedHashSet<>();
    long first = hourOf(span.from());
    long last = hourOf(Math.max(span.from(), span.to() - 1));
    for (long hour = first; hour <= last; hour += HOUR) {
      found.addAll(hour(wearer, hour));
    }
    // Whether a change from before still holds depends on what the device said since then.
    long earliest = first;
    for (Evidence evidence : found) {
      if (evidence.kind() != Kind.SPAN) {
        earliest = Math.min(earliest, hourOf(evidence.from()));
      }
    }
    for (long hour = earliest; hour < first; hour += HOUR) {
      found.addAll(hour(wearer, hour));
    }
    return new ArrayList<>(found);
  }

  private boolean addToHour(WearerId wearer, long hour, Evidence evidence) {
    List<Evidence> entries = hour(wearer, hour);
    for (int i = 0; i < entries.size(); i++) {
      Evidence known = entries.get(i);
      if (known.sameButForItsEnd(evidence)) {
        if (known.to() >= evidence.to()) {
          return false;
        }
        entries.set(i, evidence);
        store.put(key(wearer, hour), EvidenceChunk.encode(entries, hour));
        return true;
      }
    }
    entries.add(evidence);
    store.put(key(wearer, hour), EvidenceChunk.encode(entries, hour));
    return true;
  }

  private List<Evidence> hour(WearerId wearer, long hour) {
    byte[] bytes = store.get(key(wearer, hour));
    return bytes == null ? new ArrayList<>() : EvidenceChunk.decode(bytes, hour);
  }

  private static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR) * HOUR;
  }

  private static String key(WearerId wearer, long hour) {
    return "%s|%08x".formatted(wearer.value(), Math.floorDiv(hour, HOUR));
  }
}
