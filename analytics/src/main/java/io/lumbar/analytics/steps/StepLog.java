package io.lumbar.analytics.steps;

import io.lumbar.analytics.evidence.StampTable;
import io.lumbar.analytics.stream.ChunkDays;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
              store.put(StoreKeys.day(wearer, day), encode(List.copyOf(all)));
              keys.forEach(store::delete);
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
      List<StepReport> packed = day(wearer, day);
      long end = Math.min(last, day + StoreKeys.DAY - StoreKeys.CHUNK);
      for (long at = Math.max(first, day); at <= end && !packed.isEmpty(); at += StoreKeys.CHUNK) {
        chunks.computeIfAbsent(at, start -> touching(packed, start));
      }
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

  private List<StepReport> day(WearerId wearer, long start) {
    byte[] bytes = store.get(StoreKeys.day(wearer, start));
    return bytes == null ? List.of() : decode(bytes);
  }

  private static List<StepReport> touching(List<StepReport> reports, long chunk) {
    List<StepReport> found = new ArrayList<>();
    for (StepReport report : reports) {
      long last = Math.max(report.from(), report.to() - 1);
      if (report.from() < chunk + StoreKeys.CHUNK && last >= chunk) {
        found.add(report);
      }
    }
    return found;
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
    return reports.add(report);
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
    return bytes == null ? touching(day(wearer, ChunkDays.startOf(start)), start) : decode(bytes);
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
