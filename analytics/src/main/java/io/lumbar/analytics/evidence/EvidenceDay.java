package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Varint;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All evidence that touches a UTC day of a wearer, as one value of the store: about ten bytes each.
 *
 * <p>Form: version byte 2; {@link StampTable}; count of the devices of which a statement of an
 * earlier day may hold in this one, each with the count of its chunks up to which it may, both one
 * byte; count of entries as four bytes; per entry, by start: a byte of posture plus 16 times kind,
 * flags as in {@link EvidenceChunk}, stamp index, start in milliseconds from the entry before (the
 * first from the day), length in milliseconds, all three as {@link Varint}, then positions and the
 * way of lying as in {@link EvidenceChunk}. Version 1, which is read too, had no such devices.
 */
final class EvidenceDay {
  /** A day without evidence. */
  static final EvidenceDay EMPTY = new EvidenceDay(List.of(), Map.of());

  /** Above so many, statements that touch and say the same become one. */
  static final int MOST = 2_000;

  private static final int VERSION = 2;
  private static final int OLDEST = 1;
  private static final int KIND = 16;
  private static final int CLASSIFIED = 1;
  private static final int SETTLED = 2;
  private static final int POSITIONS = 4;
  private static final int LYING = 8;
  private static final int LONGEST_ENTRY = 100;

  private static final Posture[] POSTURES = Posture.values();
  private static final Kind[] KINDS = Kind.values();
  private static final SleepPosition[] SLEEP_POSITIONS = SleepPosition.values();

  private static final Comparator<Evidence> BY_START =
      Comparator.comparingLong(Evidence::from)
          .thenComparingLong(Evidence::to)
          .thenComparing(Evidence::compareClaim)
          .thenComparing(one -> one.stamp().device().value());

  private final List<Evidence> entries;
  private final Map<DeviceId, Integer> reachingIn;

  private EvidenceDay(List<Evidence> entries, Map<DeviceId, Integer> reachingIn) {
    this.entries = entries;
    this.reachingIn = reachingIn;
  }

  /** All of it, by start. */
  List<Evidence> entries() {
    return entries;
  }

  /** A chunk of the day that starts at an instant, as it was before the day was packed. */
  EvidenceChunk chunk(long start) {
    EvidenceChunk chunk = EvidenceChunk.empty(start);
    for (Evidence entry : entries) {
      if (entry.from() >= start + StoreKeys.CHUNK) {
        break;
      }
      if (entry.to() > start) {
        chunk.put(entry);
      }
    }
    int number = (int) (Math.floorMod(start, StoreKeys.DAY) / StoreKeys.CHUNK);
    reachingIn.forEach(
        (device, chunks) -> {
          if (number < chunks) {
            chunk.isReachedBy(device);
          }
        });
    return chunk;
  }

  /**
   * The stored form of a day.
   *
   * @param evidence all that touches it
   * @param reachingIn of the devices of which a statement of an earlier day may hold in this one,
   *     up to how many of its chunks
   * @param start of the day, epoch milliseconds
   */
  static byte[] encode(
      Collection<Evidence> evidence, Map<DeviceId, Integer> reachingIn, long start) {
    List<Evidence> entries = new ArrayList<>(evidence);
    entries.sort(BY_START);
    entries = entries.size() > MOST ? merged(entries) : entries;
    StampTable stamps = new StampTable();
    entries.forEach(entry -> stamps.index(entry.stamp()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      stamps.write(out);
      out.writeByte(reachingIn.size());
      for (Map.Entry<DeviceId, Integer> each : new TreeMap<>(reachingIn).entrySet()) {
        out.writeUTF(each.getKey().value());
        out.writeByte(each.getValue());
      }
      out.writeInt(entries.size());
      ByteBuffer one = ByteBuffer.allocate(LONGEST_ENTRY);
      long before = start;
      for (Evidence entry : entries) {
        one.clear();
        write(one, entry, stamps.index(entry.stamp()), before);
        out.write(one.array(), 0, one.position());
        before = entry.from();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static void write(ByteBuffer out, Evidence entry, int stamp, long before) {
    boolean positions = !entry.positionSeconds().isEmpty();
    boolean lying = !entry.lying().equals(LyingDetail.NONE);
    out.put((byte) (entry.posture().ordinal() + KIND * entry.kind().ordinal()));
    out.put(
        (byte)
            ((entry.classified() ? CLASSIFIED : 0)
                | (entry.settled() ? SETTLED : 0)
                | (positions ? POSITIONS : 0)
                | (lying ? LYING : 0)));
    Varint.put(out, stamp);
    Varint.putSigned(out, Math.toIntExact(entry.from() - before));
    Varint.put(out, Math.toIntExact(entry.to() - entry.from()));
    if (positions) {
      out.put((byte) entry.positionSeconds().size());
      for (SleepPosition position : SLEEP_POSITIONS) {
        Double seconds = entry.positionSeconds().get(position);
        if (seconds != null) {
          out.put((byte) position.ordinal()).putDouble(seconds);
        }
      }
    }
    if (lying) {
      LyingBytes.write(out, entry.lying());
    }
  }

  static EvidenceDay decode(byte[] bytes, long start) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version < OLDEST || version > VERSION) {
        throw new IllegalStateException("a day's evidence of version " + version + " is not known");
      }
      StampTable stamps = StampTable.read(in);
      Map<DeviceId, Integer> reachingIn = new HashMap<>();
      if (version > OLDEST) {
        for (int left = in.readUnsignedByte(); left > 0; left--) {
          reachingIn.put(new DeviceId(in.readUTF()), in.readUnsignedByte());
        }
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available());
      int count = rest.getInt();
      List<Evidence> entries = new ArrayList<>(count);
      long before = start;
      for (int i = 0; i < count; i++) {
        Evidence entry = read(rest, stamps, before);
        entries.add(entry);
        before = entry.from();
      }
      return new EvidenceDay(List.copyOf(entries), reachingIn);
    } catch (IOException | BufferUnderflowException e) {
      throw new IllegalStateException("a day's evidence is cut short", e);
    }
  }

  private static Evidence read(ByteBuffer in, StampTable stamps, long before) {
    int what = Byte.toUnsignedInt(in.get());
    int flags = in.get();
    Stamp stamp = stamps.at(Varint.get(in));
    long from = before + Varint.getSigned(in);
    long to = from + Varint.get(in);
    Map<SleepPosition, Double> positions = Map.of();
    if ((flags & POSITIONS) != 0) {
      positions = new EnumMap<>(SleepPosition.class);
      for (int left = in.get(); left > 0; left--) {
        SleepPosition position = SLEEP_POSITIONS[in.get()];
        positions.put(position, in.getDouble());
      }
    }
    return new Evidence(
        stamp,
        KINDS[what / KIND],
        POSTURES[what % KIND],
        from,
        to,
        (flags & CLASSIFIED) != 0,
        (flags & SETTLED) != 0,
        positions,
        (flags & LYING) != 0 ? LyingBytes.read(in) : LyingDetail.NONE);
  }

  /**
   * Makes one of statements of a device that touch and say the same, where nothing else that it
   * said lies over them: who wins where they end is then the same as before.
   */
  private static List<Evidence> merged(List<Evidence> byStart) {
    Map<DeviceId, List<Evidence>> byDevice = new HashMap<>();
    for (Evidence entry : byStart) {
      byDevice.computeIfAbsent(entry.stamp().device(), device -> new ArrayList<>()).add(entry);
    }
    List<Evidence> all = new ArrayList<>();
    byDevice.values().forEach(entries -> all.addAll(mergedOfOne(entries)));
    all.sort(BY_START);
    return all;
  }

  private static List<Evidence> mergedOfOne(List<Evidence> byStart) {
    List<Evidence> kept = new ArrayList<>();
    long reached = Long.MIN_VALUE;
    for (int i = 0; i < byStart.size(); i++) {
      Evidence next = byStart.get(i);
      int last = kept.size() - 1;
      boolean alone = i + 1 == byStart.size() || byStart.get(i + 1).from() >= next.to();
      if (last >= 0 && alone && reached <= kept.get(last).from() && touch(kept.get(last), next)) {
        kept.set(last, kept.get(last).until(next.to()));
      } else {
        reached = last < 0 ? reached : Math.max(reached, kept.get(last).to());
        kept.add(next);
      }
    }
    return kept;
  }

  private static boolean touch(Evidence before, Evidence next) {
    return before.to() == next.from()
        && before.kind() == Kind.SPAN
        && next.kind() == Kind.SPAN
        && before.posture() == next.posture()
        && before.classified() == next.classified()
        && before.settled() == next.settled()
        && before.stamp().equals(next.stamp())
        && before.positionSeconds().isEmpty()
        && next.positionSeconds().isEmpty()
        && before.lying().equals(LyingDetail.NONE)
        && next.lying().equals(LyingDetail.NONE);
  }
}
