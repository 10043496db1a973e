package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.ChunkDays;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The set of everything that is known about the posture of each wearer, in a store with one value
 * per wearer and ten minutes of UTC, and one per day once that is over: what comes late of such a
 * day stands in its ten minutes again, before the day is packed anew.
 *
 * <p>UTC, because a wearer's zone may be corrected afterwards; ten minutes, so that a device which
 * reports every few seconds rewrites little. Adding is commutative and idempotent: any order and
 * repetition of the same evidence leaves the same set.
 *
 * <p>A span stands in each ten minutes that it touches. A posture that holds until further word
 * stands where it starts, and the others that it may reach into know its device: a phone that says
 * each minute what holds for hours writes little.
 */
public final class EvidenceLog {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceLog.class);

  /** Decoded chunks kept at hand: those around the present of a thousand wearers. */
  private static final int RECENT = 4_096;

  /** Packed days kept at hand: late data and nights are looked at chunk after chunk. */
  private static final int RECENT_DAYS = 16;

  private final KeyValueStore<String, byte[]> store;

  private final Map<String, EvidenceChunk> recent;

  private final Map<String, Decoded> days = new RecentlyUsed<>(RECENT_DAYS);

  public EvidenceLog(KeyValueStore<String, byte[]> store) {
    this(store, RECENT);
  }

  private EvidenceLog(KeyValueStore<String, byte[]> store, int recent) {
    this.store = store;
    this.recent = new RecentlyUsed<>(recent);
  }

  /** A log for one that only reads what another processor of the same task writes. */
  public static EvidenceLog readOnly(KeyValueStore<String, byte[]> store) {
    return new EvidenceLog(store, 0);
  }

  /** Adds evidence; returns the time whose timeline it may change, or empty when it was known. */
  public Optional<Span> add(WearerId wearer, Evidence evidence) {
    long first = StoreKeys.chunkOf(evidence.from());
    boolean changed = addToChunk(wearer, first, evidence);
    for (long start = first + StoreKeys.CHUNK;
        start <= StoreKeys.chunkOf(evidence.to() - 1);
        start += StoreKeys.CHUNK) {
      if (evidence.isLookedUp()) {
        pointTo(wearer, start, evidence.stamp().device());
      } else {
        changed |= addToChunk(wearer, start, evidence);
      }
    }
    if (!changed) {
      return Optional.empty();
    }
    Span affected = new Span(evidence.from(), evidence.to());
    return Optional.of(withEarlierChanges(wearer, evidence.stamp(), affected));
  }

  /**
   * Puts what our own classifier says about a chunk of one sensor in place of all that it said
   * before; returns the time whose timeline it may change, or empty when nothing differs.
   *
   * @param start the start of the chunk in epoch milliseconds
   * @param truth classified evidence of that sensor that starts in the chunk
   */
  public Optional<Span> replaceClassified(
      WearerId wearer, Stamp stamp, long start, List<Evidence> truth) {
    List<Evidence> gone = new ArrayList<>();
    List<Evidence> fresh = new ArrayList<>(truth);
    for (Evidence one : chunk(wearer, start).entries()) {
      if (one.classified() && one.from() >= start && one.stamp().equals(stamp)) {
        if (!fresh.remove(one)) {
          gone.add(one);
        }
      }
    }
    if (gone.isEmpty() && fresh.isEmpty()) {
      return Optional.empty();
    }
    Span affected = hull(gone, fresh);
    for (long at = start; at < affected.to(); at += StoreKeys.CHUNK) {
      EvidenceChunk chunk = chunk(wearer, at);
      boolean changed = chunk.removeAll(gone);
      for (Evidence one : fresh) {
        if (one.from() < at + StoreKeys.CHUNK && one.to() > at) {
          changed |= chunk.add(one);
        }
      }
      if (changed) {
        store.put(StoreKeys.chunk(wearer, at), chunk.bytes());
      }
    }
    return Optional.of(withEarlierChanges(wearer, stamp, affected));
  }

  /**
   * Removes what was said before an instant.
   *
   * @param before epoch milliseconds, the start of a UTC day
   * @param stays says of the start of a chunk whether it stays all the same
   */
  public void forget(WearerId wearer, long before, LongPredicate stays) {
    List<String> gone = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> old =
        store.range(StoreKeys.chunk(wearer, 0), StoreKeys.chunk(wearer, before - 1))) {
      while (old.hasNext()) {
        String key = old.next().key;
        if (!stays.test(StoreKeys.startOfChunk(key))) {
          gone.add(key);
        }
      }
    }
    try (KeyValueIterator<String, byte[]> old =
        store.range(StoreKeys.day(wearer, 0), StoreKeys.day(wearer, before - 1))) {
      while (old.hasNext()) {
        String key = old.next().key;
        if (!stays.test(StoreKeys.startOfDay(key))) {
          gone.add(key);
        }
      }
    }
    for (String key : gone) {
      store.delete(key);
      days.remove(key);
    }
    // Of a packed day there are chunks at hand that have no key of their own.
    recent.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer.value()));
  }

  /**
   * Makes one value of each day before an instant; nothing of what is known changes.
   *
   * @param before epoch milliseconds, the start of a UTC day
   */
  public void pack(WearerId wearer, long before) {
    ChunkDays.before(store, wearer, before).forEach((day, keys) -> packDay(wearer, day, keys));
  }

  private void packDay(WearerId wearer, long day, List<String> chunks) {
    Set<Evidence> all = new LinkedHashSet<>();
    Map<DeviceId, Integer> reachingIn = new HashMap<>();
    int number = 0;
    for (long at = day; at < day + StoreKeys.DAY; at += StoreKeys.CHUNK) {
      EvidenceChunk chunk = load(wearer, at, StoreKeys.chunk(wearer, at));
      number++;
      for (DeviceId device : chunk.reachingIn()) {
        if (isFromBefore(all, device, at)) {
          reachingIn.put(device, number);
        }
      }
      all.addAll(chunk.entries());
    }
    byte[] packed = EvidenceDay.encode(all, reachingIn, day);
    if (packed.length > ChunkDays.LARGEST) {
      // Each of its chunks is small enough.
      return;
    }
    store.put(StoreKeys.day(wearer, day), packed);
    chunks.forEach(store::delete);
    days.remove(StoreKeys.day(wearer, day));
  }

  private static Span hull(List<Evidence> some, List<Evidence> others) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (List<Evidence> list : List.of(some, others)) {
      for (Evidence one : list) {
        from = Math.min(from, one.from());
        to = Math.max(to, one.to());
      }
    }
    return new Span(from, to);
  }

  /** True when nothing that was said earlier in the same day makes a device reach into a chunk. */
  private static boolean isFromBefore(Set<Evidence> earlier, DeviceId device, long start) {
    return earlier.stream()
        .noneMatch(
            one -> one.isLookedUp() && one.to() > start && one.stamp().device().equals(device));
  }

  /** A report ends what the device said before it, up to the horizon of that. */
  private Span withEarlierChanges(WearerId wearer, Stamp stamp, Span span) {
    long own = StoreKeys.chunkOf(span.from());
    Span affected = span;
    Evidence last = null;
    for (long at = lookBack(wearer, own); at <= own; at += StoreKeys.CHUNK) {
      for (Evidence earlier : chunk(wearer, at).entries()) {
        if (earlier.from() >= span.from() || !earlier.stamp().device().equals(stamp.device())) {
          continue;
        }
        if (!earlier.endsEarlier()) {
          affected = hullOfChange(affected, earlier, span);
        } else if (last == null || earlier.from() > last.from()) {
          last = earlier;
        }
      }
    }
    if (last != null) {
      // What it said before that has ended already.
      for (Evidence earlier : chunk(wearer, StoreKeys.chunkOf(last.from())).entries()) {
        if (earlier.from() == last.from() && earlier.stamp().device().equals(stamp.device())) {
          affected = hullOfChange(affected, earlier, span);
        }
      }
      affected = hullOfChange(affected, last, span);
    }
    return affected;
  }

  private static Span hullOfChange(Span affected, Evidence earlier, Span span) {
    return earlier.kind() != Kind.SPAN && earlier.to() > span.from()
        ? affected.hull(earlier.from(), earlier.to())
        : affected;
  }

  /**
   * The first of the chunks in which what reaches into one may stand: back to the last report of
   * each device that reaches in.
   */
  private long lookBack(WearerId wearer, long start) {
    Set<DeviceId> sought = new HashSet<>(chunk(wearer, start).reachingIn());
    long earliest = start - Evidence.LONGEST_LOOKED_UP.toMillis();
    long at = start;
    while (!sought.isEmpty() && at > earliest) {
      at -= StoreKeys.CHUNK;
      for (Evidence evidence : chunk(wearer, at).entries()) {
        if (evidence.from() >= at && evidence.endsEarlier()) {
          sought.remove(evidence.stamp().device());
        }
      }
    }
    return at;
  }

  /** Forgets what is at hand of a wearer, whose stored evidence is gone already. */
  public void drop(String wearer) {
    recent.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
    days.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
  }

  /** All evidence that bears on a span, without repetition, in no particular order. */
  public List<Evidence> bearingOn(WearerId wearer, Span span) {
    List<Evidence> found = new ArrayList<>();
    long first = StoreKeys.chunkOf(span.from());
    long last = StoreKeys.chunkOf(Math.max(span.from(), span.to() - 1));
    read(wearer, first, last, evidence -> true, found);
    // Whether a change from before still holds depends on what the device said since then.
    long earliest = lookBack(wearer, first);
    for (Evidence evidence : found) {
      if (evidence.kind() != Kind.SPAN) {
        earliest = Math.min(earliest, StoreKeys.chunkOf(evidence.from()));
      }
    }
    if (earliest < first) {
      read(
          wearer,
          earliest,
          first - StoreKeys.CHUNK,
          evidence -> evidence.to() <= first || evidence.isLookedUp(),
          found);
    }
    return found;
  }

  /** True when more than one device spoke in the chunks that a span touches. */
  public boolean severalDevices(WearerId wearer, Span span) {
    long first = StoreKeys.chunkOf(span.from());
    Set<DeviceId> devices = new HashSet<>(chunk(wearer, first).reachingIn());
    for (long start = first;
        start <= StoreKeys.chunkOf(span.to()) && devices.size() < 2;
        start += StoreKeys.CHUNK) {
      StampTable stamps = chunk(wearer, start).stamps();
      for (int i = 0; i < stamps.size(); i++) {
        devices.add(stamps.at(i).device());
      }
    }
    return devices.size() > 1;
  }

  /** Adds the evidence of some chunks; what reaches over several counts in the first of them. */
  private void read(
      WearerId wearer, long first, long last, Predicate<Evidence> wanted, List<Evidence> found) {
    for (long start = first; start <= last; start += StoreKeys.CHUNK) {
      for (Evidence evidence : chunk(wearer, start).entries()) {
        if ((evidence.from() >= start || start == first) && wanted.test(evidence)) {
          found.add(evidence);
        }
      }
    }
  }

  private boolean addToChunk(WearerId wearer, long start, Evidence evidence) {
    EvidenceChunk chunk = chunk(wearer, start);
    List<Evidence> entries = chunk.entries();
    for (int i = 0; i < entries.size(); i++) {
      Evidence known = entries.get(i);
      if (known.sameButForItsEnd(evidence)) {
        if (known.to() >= evidence.to()) {
          return false;
        }
        chunk.replace(i, evidence);
        store.put(StoreKeys.chunk(wearer, start), chunk.bytes());
        return true;
      }
    }
    int before = entries.size();
    if (!chunk.add(evidence)) {
      return false;
    }
    if (before < chunk.entries().size() && chunk.entries().size() == EvidenceChunk.MOST) {
      LOG.warn(
          "{} said {} things of the ten minutes from {}: of more the longest stay",
          wearer.value(),
          EvidenceChunk.MOST,
          Instant.ofEpochMilli(start));
    }
    store.put(StoreKeys.chunk(wearer, start), chunk.bytes());
    return true;
  }

  private void pointTo(WearerId wearer, long start, DeviceId device) {
    EvidenceChunk chunk = chunk(wearer, start);
    if (chunk.isReachedBy(device)) {
      store.put(StoreKeys.chunk(wearer, start), chunk.bytes());
    }
  }

  private EvidenceChunk chunk(WearerId wearer, long start) {
    String key = StoreKeys.chunk(wearer, start);
    EvidenceChunk known = recent.get(key);
    if (known == null) {
      known = load(wearer, start, key);
      recent.put(key, known);
    }
    return known;
  }

  private EvidenceChunk load(WearerId wearer, long start, String key) {
    byte[] bytes = store.get(key);
    if (bytes != null) {
      return EvidenceChunk.decode(bytes, start);
    }
    return day(wearer, start).chunk(start);
  }

  private EvidenceDay day(WearerId wearer, long chunk) {
    long start = ChunkDays.startOf(chunk);
    String key = StoreKeys.day(wearer, start);
    byte[] bytes = store.get(key);
    if (bytes == null) {
      return EvidenceDay.EMPTY;
    }
    Decoded known = days.get(key);
    if (known == null || !Arrays.equals(known.bytes(), bytes)) {
      known = new Decoded(bytes, EvidenceDay.decode(bytes, start));
      days.put(key, known);
    }
    return known.day();
  }

  /** A day with the bytes that it was read from, by which one who only reads knows it again. */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Decoded(byte[] bytes, EvidenceDay day) {}
}
