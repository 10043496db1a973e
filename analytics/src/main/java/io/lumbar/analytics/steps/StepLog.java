package io.lumbar.analytics.steps;

import io.lumbar.analytics.evidence.StampTable;
import io.lumbar.analytics.stream.ChunkDays;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The set of step reports of each wearer, one value per wearer and ten minutes of UTC, and one of
 * the same form per day once that is over: what comes late of such a day stands in its ten minutes
 * again, before the day is packed anew. Adding is commutative and idempotent.
 *
 * <p>Of one span sent twice the larger count stays. Of a counter, the first and the last reading of
 * each minute stay, which bounds the state however often a phone reports.
 */
final class StepLog {
  private static final long MINUTE = 60_000L;
  private static final int VERSION = 2;

  /** Without a word on who counted. */
  private static final int FIRST_VERSION = 1;

  /** Within so long a counter's next reading is mostly found, and what shares its time. */
  private static final long NEAR = 30 * MINUTE;

  /** By so much more a look back grows, as long as something leads out of it. */
  private static final int MORE = 4;

  /** A day's sum has those readings in it that lie up to a day away from it. */
  private static final long FAR = 2 * StoreKeys.DAY + 60 * MINUTE;

  /** No sum has anything in it that lies further away, in whole chunks. */
  private static final long FURTHEST = StepSums.REACH + StoreKeys.CHUNK;

  /** Above so many in ten minutes the shortest give way, and of these the last. */
  static final int MOST = 4_000;

  private static final Comparator<StepReport> BY_LENGTH =
      Comparator.comparingLong((StepReport one) -> one.to() - one.from())
          .thenComparing(StepReport::from, Comparator.reverseOrder())
          .thenComparing(one -> one.stamp().device().value())
          .thenComparing(StepReport::judged)
          .thenComparing(StepReport::session)
          .thenComparing(StepReport::steps);

  private final KeyValueStore<String, byte[]> store;

  StepLog(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Adds a report; false when it changes nothing. */
  boolean add(WearerId wearer, StepReport report) {
    boolean changed = false;
    long last = Math.max(report.from(), report.to() - 1);
    for (long start = StoreKeys.chunkOf(report.from());
        start <= StoreKeys.chunkOf(last);
        start += StoreKeys.CHUNK) {
      List<StepReport> reports = chunk(wearer, start);
      if (report.isReading() ? addReading(reports, report) : addSpan(reports, report)) {
        store.put(StoreKeys.chunk(wearer, start), encode(reports));
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Puts what Lumbar counted in ten minutes of one sensor in place of all that it counted in them
   * before; false when nothing differs.
   *
   * @param start the start of the ten minutes in epoch milliseconds
   * @param truth judged reports of that sensor within them
   */
  boolean replaceJudged(WearerId wearer, Stamp stamp, long start, List<StepReport> truth) {
    List<StepReport> reports = chunk(wearer, start);
    List<StepReport> before =
        reports.stream().filter(one -> one.judged() && one.stamp().equals(stamp)).toList();
    if (before.equals(truth)) {
      return false;
    }
    reports.removeAll(before);
    reports.addAll(truth);
    store.put(StoreKeys.chunk(wearer, start), encode(reports));
    return true;
  }

  /**
   * Makes one value of each day before an instant; nothing of what is known changes.
   *
   * @param before epoch milliseconds, the start of a UTC day
   */
  void pack(WearerId wearer, long before) {
    ChunkDays.before(store, wearer, before)
        .forEach(
            (day, keys) -> {
              Set<StepReport> all = new LinkedHashSet<>();
              for (long at = day; at < day + StoreKeys.DAY; at += StoreKeys.CHUNK) {
                all.addAll(chunk(wearer, at));
              }
              byte[] packed = encode(List.copyOf(all));
              // Each of its chunks is small enough.
              if (packed.length <= ChunkDays.LARGEST) {
                store.put(StoreKeys.day(wearer, day), packed);
                keys.forEach(store::delete);
              }
            });
  }

  /** All reports near a span, without repetition. */
  List<StepReport> within(WearerId wearer, Span span) {
    long first = StoreKeys.chunkOf(span.from());
    long last = StoreKeys.chunkOf(span.to());
    TreeMap<Long, List<StepReport>> chunks = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> open =
        store.range(StoreKeys.chunk(wearer, first), StoreKeys.chunk(wearer, last))) {
      while (open.hasNext()) {
        KeyValue<String, byte[]> chunk = open.next();
        chunks.put(StoreKeys.startOfChunk(chunk.key), decode(chunk.value));
      }
    }
    for (long day = ChunkDays.startOf(first); day <= last; day += StoreKeys.DAY) {
      long from = Math.max(first, day);
      long to = Math.min(last, day + StoreKeys.DAY - StoreKeys.CHUNK);
      byChunk(day(wearer, day), from, to)
          .forEach(
              (start, reports) ->
                  // What came since in those ten minutes has what was packed of them in it.
                  chunks.putIfAbsent(start, reports));
    }
    List<StepReport> found = new ArrayList<>();
    chunks.forEach(
        (start, reports) -> {
          for (StepReport report : reports) {
            // What reaches over several chunks counts in the first of them.
            if (report.from() >= start || start == first) {
              found.add(report);
            }
          }
        });
    return found;
  }

  /**
   * The time whose steps a report may change that was added: of a reading up to the readings of its
   * counter next to it, and all that shares time with it.
   */
  Span affected(WearerId wearer, StepReport report) {
    DeviceId device = report.stamp().device();
    long at = report.from();
    if (!report.isReading()) {
      return affected(wearer, device, new Span(at, report.to()));
    }
    Span own = new Span(at - MINUTE, at + 1);
    Span most = own.widened(FURTHEST);
    List<StepReport> near = of(device, within(wearer, own.widened(NEAR)));
    if (near.stream().anyMatch(one -> joins(one, report))) {
      return most;
    }
    OptionalLong before = last(near, report);
    if (before.isEmpty()) {
      before = last(within(wearer, new Span(at - FAR, at)), report);
    }
    OptionalLong after = first(near, report);
    if (after.isEmpty()) {
      after = first(within(wearer, new Span(at, at + FAR)), report);
    }
    Span pairs = clipped(own.hull(before.orElse(at), after.orElse(at)), most);
    long ahead = first(near, report).isPresent() ? pairs.to() + NEAR : most.to();
    return affected(wearer, device, pairs, new Span(pairs.from() - NEAR, ahead), most);
  }

  /**
   * The time whose steps change when a device tells others of a span: what it counted in longer
   * spans that reach into this one is shared out anew, and so on. It ends where no sum has the span
   * in it any more, though a counter beside whole minutes may lead through all that is kept.
   */
  Span affected(WearerId wearer, DeviceId device, Span span) {
    return affected(wearer, device, span, span.widened(NEAR), span.widened(FURTHEST));
  }

  private Span affected(WearerId wearer, DeviceId device, Span span, Span near, Span most) {
    Span seen = near;
    for (long further = MORE * NEAR; ; further *= MORE) {
      List<StepReport> reports = of(device, within(wearer, seen));
      Span reach = shared(spans(reports, span, seen, most), span);
      boolean sooner = reach.from() <= seen.from() && reach.from() > most.from();
      boolean later = reach.to() >= seen.to() && reach.to() < most.to();
      if (!sooner && !later) {
        return clipped(reach, most);
      }
      // What lies ahead is mostly still to come, and costs nothing to look at.
      seen =
          new Span(
              sooner ? Math.max(most.from(), reach.from() - further) : seen.from(),
              later ? most.to() : seen.to());
    }
  }

  /**
   * What a device counted in which time. Its first and last reading in view may be one of a pair
   * whose other one is not: their time goes up to the end of what is seen. Without any the span may
   * lie within a pair, which a reading ahead would show.
   */
  private static List<Span> spans(List<StepReport> reports, Span span, Span seen, Span most) {
    List<Span> spans = new ArrayList<>();
    StepCounts.spans(reports).forEach(one -> spans.add(new Span(one.from(), one.to())));
    LongSummaryStatistics readings =
        reports.stream()
            .filter(StepReport::isReading)
            .mapToLong(StepReport::from)
            .summaryStatistics();
    boolean any = readings.getCount() > 0;
    if (any && seen.from() > most.from() && readings.getMin() > seen.from()) {
      spans.add(new Span(seen.from(), readings.getMin()));
    }
    long last = any ? readings.getMax() : span.from();
    if (seen.to() < most.to() && last < seen.to()) {
      spans.add(new Span(last, seen.to()));
    }
    return spans;
  }

  /** A span with all that overlaps it, or overlaps what does, and so on. */
  private static Span shared(List<Span> spans, Span span) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.add(span);
    sorted.sort(Comparator.comparingLong(Span::from));
    Span together = sorted.get(0);
    for (Span one : sorted) {
      if (one.from() < together.to()) {
        together = together.hull(one.from(), one.to());
      } else if (together.from() <= span.from() && together.to() >= span.to()) {
        return together;
      } else {
        together = one;
      }
    }
    return together;
  }

  private static Span clipped(Span span, Span most) {
    return new Span(Math.max(span.from(), most.from()), Math.min(span.to(), most.to()));
  }

  private static List<StepReport> of(DeviceId device, List<StepReport> reports) {
    return reports.stream().filter(one -> one.stamp().device().equals(device)).toList();
  }

  /** Whether two readings show that two sessions are of the same counter. */
  private static boolean joins(StepReport one, StepReport other) {
    return one.isReading()
        && one.steps() > 0
        && one.from() == other.from()
        && one.steps() == other.steps()
        && !one.session().equals(other.session());
  }

  private static OptionalLong last(List<StepReport> reports, StepReport reading) {
    return reports.stream()
        .filter(one -> one.sameSource(reading) && one.from() < reading.from())
        .mapToLong(StepReport::from)
        .max();
  }

  private static OptionalLong first(List<StepReport> reports, StepReport reading) {
    return reports.stream()
        .filter(one -> one.sameSource(reading) && one.from() > reading.from())
        .mapToLong(StepReport::from)
        .min();
  }

  private List<StepReport> day(WearerId wearer, long start) {
    byte[] bytes = store.get(StoreKeys.day(wearer, start));
    return bytes == null ? List.of() : decode(bytes);
  }

  /** Reports by the chunks from one to another in which they have time, in their order. */
  private static Map<Long, List<StepReport>> byChunk(
      List<StepReport> reports, long first, long last) {
    Map<Long, List<StepReport>> chunks = new HashMap<>();
    for (StepReport report : reports) {
      long start = Math.max(first, StoreKeys.chunkOf(report.from()));
      long end = Math.min(last, StoreKeys.chunkOf(Math.max(report.from(), report.to() - 1)));
      for (long at = start; at <= end; at += StoreKeys.CHUNK) {
        chunks.computeIfAbsent(at, one -> new ArrayList<>()).add(report);
      }
    }
    return chunks;
  }

  private static boolean addSpan(List<StepReport> reports, StepReport report) {
    for (int i = 0; i < reports.size(); i++) {
      StepReport known = reports.get(i);
      if (known.sameSource(report) && known.from() == report.from() && known.to() == report.to()) {
        if (known.steps() >= report.steps()) {
          return false;
        }
        reports.set(i, report);
        return true;
      }
    }
    reports.add(report);
    // Of readings there are few anyway.
    List<StepReport> spans = reports.stream().filter(one -> !one.isReading()).toList();
    if (spans.size() <= MOST) {
      return true;
    }
    StepReport least = Collections.min(spans, BY_LENGTH);
    reports.remove(least);
    return !least.equals(report);
  }

  private static boolean addReading(List<StepReport> reports, StepReport report) {
    long minute = Math.floorDiv(report.from(), MINUTE);
    List<StepReport> sameMinute = new ArrayList<>();
    for (StepReport known : reports) {
      if (known.sameSource(report) && Math.floorDiv(known.from(), MINUTE) == minute) {
        sameMinute.add(known);
      }
    }
    if (sameMinute.contains(report)) {
      return false;
    }
    reports.removeAll(sameMinute);
    sameMinute.add(report);
    sameMinute.sort(StepCounts.READING_ORDER);
    StepReport first = sameMinute.get(0);
    StepReport last = sameMinute.get(sameMinute.size() - 1);
    reports.add(first);
    if (!last.equals(first)) {
      reports.add(last);
    }
    return report.equals(first) || report.equals(last);
  }

  private List<StepReport> chunk(WearerId wearer, long start) {
    byte[] bytes = store.get(StoreKeys.chunk(wearer, start));
    if (bytes != null) {
      return decode(bytes);
    }
    return byChunk(day(wearer, ChunkDays.startOf(start)), start, start)
        .getOrDefault(start, new ArrayList<>());
  }

  private static byte[] encode(List<StepReport> reports) {
    StampTable stamps = new StampTable();
    for (StepReport report : reports) {
      stamps.index(report.stamp());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + reports.size() * 24);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      stamps.write(out);
      out.writeInt(reports.size());
      for (StepReport report : reports) {
        out.writeShort(stamps.index(report.stamp()));
        out.writeUTF(report.session());
        out.writeBoolean(report.judged());
        out.writeLong(report.from());
        out.writeInt(Math.toIntExact(report.to() - report.from()));
        out.writeLong(report.steps());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static List<StepReport> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version < FIRST_VERSION || version > VERSION) {
        throw new IllegalStateException("step reports of version " + version + " are not known");
      }
      StampTable stamps = StampTable.read(in);
      int count = in.readInt();
      List<StepReport> reports = new ArrayList<>(count + 1);
      for (int i = 0; i < count; i++) {
        Stamp stamp = stamps.at(in.readUnsignedShort());
        String session = in.readUTF();
        boolean judged = version > FIRST_VERSION && in.readBoolean();
        long from = in.readLong();
        long to = from + in.readInt();
        reports.add(new StepReport(stamp, session, judged, from, to, in.readLong()));
      }
      return reports;
    } catch (IOException e) {
      throw new UncheckedIOException("step reports are cut short", e);
    }
  }
}
