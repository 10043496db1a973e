package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
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
  private static final long CHUNK = EvidenceChunk.MILLIS;

  private final KeyValueStore<String, byte[]> store;

  public EvidenceLog(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Adds evidence; returns the time whose timeline it may change, or empty when it was known. */
  public Optional<Span> add(WearerId wearer, Evidence evidence) {
    boolean changed = false;
    for (long start = chunkOf(evidence.from());
        start <= chunkOf(evidence.to() - 1);
        start += CHUNK) {
      changed |= addToChunk(wearer, start, evidence);
    }
    if (!changed) {
      return Optional.empty();
    }
    Span affected = new Span(evidence.from(), evidence.to());
    // A report ends what the device said before it, up to the horizon of that.
    for (Evidence earlier : chunk(wearer, chunkOf(evidence.from()))) {
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
    List<Evidence> found = new ArrayList<>();
    long first = chunkOf(span.from());
    long last = chunkOf(Math.max(span.from(), span.to() - 1));
    read(wearer, first, last, evidence -> true, found);
    // Whether a change from before still holds depends on what the device said since then.
    long earliest = first;
    for (Evidence evidence : found) {
      if (evidence.kind() != Kind.SPAN) {
        earliest = Math.min(earliest, chunkOf(evidence.from()));
      }
    }
    if (earliest < first) {
      read(wearer, earliest, first - CHUNK, evidence -> evidence.to() <= first, found);
    }
    return found;
  }

  /** Adds the evidence of some chunks; what reaches over several counts in the first of them. */
  private void read(
      WearerId wearer, long first, long last, Predicate<Evidence> wanted, List<Evidence> found) {
    try (KeyValueIterator<String, byte[]> chunks =
        store.range(key(wearer, first), key(wearer, last))) {
      while (chunks.hasNext()) {
        KeyValue<String, byte[]> chunk = chunks.next();
        long start = Long.parseLong(chunk.key.substring(chunk.key.length() - 8), 16) * CHUNK;
        for (Evidence evidence : EvidenceChunk.decode(chunk.value, start)) {
          if ((evidence.from() >= start || start == first) && wanted.test(evidence)) {
            found.add(evidence);
          }
        }
      }
    }
  }

  private boolean addToChunk(WearerId wearer, long start, Evidence evidence) {
    List<Evidence> entries = chunk(wearer, start);
    for (int i = 0; i < entries.size(); i++) {
      Evidence known = entries.get(i);
      if (known.sameButForItsEnd(evidence)) {
        if (known.to() >= evidence.to()) {
          return false;
        }
        entries.set(i, evidence);
        store.put(key(wearer, start), EvidenceChunk.encode(entries, start));
        return true;
      }
    }
    entries.add(evidence);
    store.put(key(wearer, start), EvidenceChunk.encode(entries, start));
    return true;
  }

  private List<Evidence> chunk(WearerId wearer, long start) {
    byte[] bytes = store.get(key(wearer, start));
    return bytes == null ? new ArrayList<>() : EvidenceChunk.decode(bytes, start);
  }

  private static long chunkOf(long millis) {
    return Math.floorDiv(millis, CHUNK) * CHUNK;
  }

  private static String key(WearerId wearer, long start) {
    return "%s|%08x".formatted(wearer.value(), Math.floorDiv(start, CHUNK));
  }
}
