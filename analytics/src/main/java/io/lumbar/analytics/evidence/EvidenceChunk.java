package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that touches ten minutes of UTC of a wearer, as one value of the store.
 *
 * <p>Form: version byte 3; {@link StampTable}; count of the devices that reach in, and each; count
 * of entries as four bytes; then the entries in the order in which they came, each after a byte:
 *
 * <ul>
 *   <li>0: stamp index as {@link Varint}, a byte of posture plus 16 times kind, flags (1
 *       classified, 2 settled, 4 positions, 8 lying), with flag 4 a count and pairs of position and
 *       seconds, with flag 8 the {@link LyingBytes}; then start from that of the entry before (the
 *       first from the chunk) and length, in milliseconds
 *   <li>1: the same claim as the entry before; start and length
 *   <li>2: the same claim and length; start
 *   <li>3: a count of entries of the same claim and length, each as far behind the one before as
 *       that is behind the one before it
 * </ul>
 *
 * A posture that holds until further word stands in the chunk where it starts alone; in those that
 * it may reach into stands its device. Version 2, which is read too, had it in each of them, and
 * entries of thirteen bytes and what the flags say; version 1 no flag 8 either.
 */
final class EvidenceChunk {
  /** Above so many the shortest give way. */
  static final int MOST = 4_000;

  private static final int VERSION = 3;
  private static final int LAST_OF_FIXED_ENTRIES = 2;
  private static final int OLDEST = 1;
  private static final int CLASSIFIED = 1;
  private static final int SETTLED = 2;
  private static final int POSITIONS = 4;
  private static final int LYING = 8;

  private static final int NEW = 0;
  private static final int SAME = 1;
  private static final int SAME_LENGTH = 2;
  private static final int AGAIN = 3;

  private static final int KIND = 16;
  private static final int LONGEST_ENTRY = 100;
  private static final int LONGEST_NUMBER = 5;

  private static final Posture[] POSTURES = Posture.values();
  private static final Kind[] KINDS = Kind.values();
  private static final SleepPosition[] SLEEP_POSITIONS = SleepPosition.values();

  /** Which of too many give way: the shortest, and of these the last, which mostly come last. */
  private static final Comparator<Evidence> BY_LENGTH =
      Comparator.comparingLong((Evidence one) -> one.to() - one.from())
          .thenComparing(Evidence::from, Comparator.reverseOrder())
          .thenComparing(Evidence::compareClaim)
          .thenComparing(one -> one.stamp().device().value());

  private final long start;
  private final List<Evidence> entries;
  private final Set<DeviceId> reachingIn;
  private StampTable stamps;

  // A chunk is written at every addition, so that what is there is kept encoded.
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteBuffer one = ByteBuffer.allocate(LONGEST_ENTRY);

  /** The first to give way, where that is known. */
  private @Nullable Evidence shortest;

  /** What stands before the entries, and of how many stamps and devices, which only become more. */
  private byte @Nullable [] head;

  private int headParts;

  /** How many entries are encoded; less than there are while all have to be encoded anew. */
  private int encoded;

  /** How many of the last of them repeat what is before them, and are not in the body yet. */
  private int again;

  private EvidenceChunk(
      long start, List<Evidence> entries, StampTable stamps, Set<DeviceId> reachingIn) {
    this.start = start;
    this.entries = entries;
    this.stamps = stamps;
    this.reachingIn = reachingIn;
  }

  /** A chunk without entries. */
  static EvidenceChunk empty(long start) {
    return new EvidenceChunk(start, new ArrayList<>(), new StampTable(), new LinkedHashSet<>());
  }

  /** The entries, in the order in which they came; a view. */
  List<Evidence> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The different stamps of the entries. */
  StampTable stamps() {
    return stamps;
  }

  /** The devices of which a statement of an earlier chunk may hold in this one. */
  Set<DeviceId> reachingIn() {
    return Collections.unmodifiableSet(reachingIn);
  }

  /** Notes that a statement of an earlier chunk reaches in; true when that was not known. */
  boolean isReachedBy(DeviceId device) {
    return reachingIn.add(device);
  }

  /** Takes an entry of a form in which a posture that holds stood in each chunk that it reaches. */
  void put(Evidence entry) {
    if (entry.isLookedUp() && entry.from() < start) {
      isReachedBy(entry.stamp().device());
    } else {
      add(entry);
    }
  }

  /**
   * Adds an entry; false when there are too many that are longer. Which ones stay does not depend
   * on the order in which they come.
   */
  boolean add(Evidence entry) {
    if (entries.size() >= MOST) {
      Evidence least = shortest == null ? Collections.min(entries, BY_LENGTH) : shortest;
      shortest = least;
      if (BY_LENGTH.compare(entry, least) <= 0) {
        return false;
      }
      removeAll(List.of(least));
    }
    entries.add(entry.withStamp(stamps.at(stamps.index(entry.stamp()))));
    return true;
  }

  /** Puts an entry in the place of another with an equal stamp. */
  void replace(int index, Evidence entry) {
    entries.set(index, entry.withStamp(entries.get(index).stamp()));
    startAnew();
  }

  private void startAnew() {
    shortest = null;
    head = null;
    body.reset();
    encoded = 0;
    again = 0;
  }

  /** Takes entries out; true when one of them was there. */
  boolean removeAll(List<Evidence> gone) {
    boolean changed = entries.removeAll(gone);
    if (changed) {
      startAnew();
      stamps = new StampTable();
      for (Evidence entry : entries) {
        stamps.index(entry.stamp());
      }
    }
    return changed;
  }

  /** The stored form; never changed afterwards. */
  byte[] bytes() {
    while (encoded < entries.size()) {
      encodeNext();
    }
    byte[] head = head();
    ByteBuffer out =
        ByteBuffer.allocate(head.length + Integer.BYTES + body.size() + 1 + LONGEST_NUMBER);
    out.put(head);
    out.putInt(entries.size());
    out.put(body.toByteArray());
    if (again > 0) {
      out.put((byte) AGAIN);
      Varint.put(out, again);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private byte[] head() {
    byte[] known = head;
    int parts = stamps.size() + reachingIn.size();
    if (known == null || parts != headParts) {
      known = encodeHead();
      head = known;
      headParts = parts;
    }
    return known;
  }

  private byte[] encodeHead() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      stamps.write(out);
      out.writeByte(reachingIn.size());
      for (DeviceId device : reachingIn) {
        out.writeUTF(device.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private void encodeNext() {
    Evidence entry = entries.get(encoded);
    if (isAgain(entries, encoded, entry)) {
      again++;
    } else {
      one.clear();
      if (again > 0) {
        one.put((byte) AGAIN);
        Varint.put(one, again);
        again = 0;
      }
      write(one, encoded == 0 ? null : entries.get(encoded - 1), entry);
      body.write(one.array(), 0, one.position());
    }
    encoded++;
  }

  private static boolean isAgain(List<Evidence> entries, int index, Evidence entry) {
    if (index < 2) {
      return false;
    }
    Evidence before = entries.get(index - 1);
    return entry.from() - before.from() == before.from() - entries.get(index - 2).from()
        && entry.to() - entry.from() == before.to() - before.from()
        && entry.sameClaim(before);
  }

  private void write(ByteBuffer out, @Nullable Evidence before, Evidence entry) {
    int length = Math.toIntExact(entry.to() - entry.from());
    if (before != null && entry.sameClaim(before)) {
      boolean sameLength = before.to() - before.from() == length;
      out.put((byte) (sameLength ? SAME_LENGTH : SAME));
      Varint.putSigned(out, Math.toIntExact(entry.from() - before.from()));
      if (!sameLength) {
        Varint.put(out, length);
      }
      return;
    }
    out.put((byte) NEW);
    Varint.put(out, stamps.index(entry.stamp()));
    writeClaim(out, entry);
    Varint.putSigned(out, Math.toIntExact(entry.from() - (before == null ? start : before.from())));
    Varint.put(out, length);
  }

  private static void writeClaim(ByteBuffer out, Evidence entry) {
    boolean positions = !entry.positionSeconds().isEmpty();
    boolean lying = !entry.lying().equals(LyingDetail.NONE);
    out.put((byte) (entry.posture().ordinal() + KIND * entry.kind().ordinal()));
    out.put(
        (byte)
            ((entry.classified() ? CLASSIFIED : 0)
                | (entry.settled() ? SETTLED : 0)
                | (positions ? POSITIONS : 0)
                | (lying ? LYING : 0)));
    if (positions) {
      out.put((byte) entry.positionSeconds().size());
      for (SleepPosition position : SLEEP_POSITIONS) {
        Double seconds = entry.positionSeconds().get(position);
        if (seconds != null) {
          out.put((byte) position.ordinal());
          out.putDouble(seconds);
        }
      }
    }
    if (lying) {
      LyingBytes.write(out, entry.lying());
    }
  }

  /** Reads the stored form back. */
  static EvidenceChunk decode(byte[] bytes, long chunkStart) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version < OLDEST || version > VERSION) {
        throw new IllegalStateException("evidence of version " + version + " is not known");
      }
      StampTable stamps = StampTable.read(in);
      Set<DeviceId> reachingIn = new LinkedHashSet<>();
      if (version > LAST_OF_FIXED_ENTRIES) {
        for (int left = in.readUnsignedByte(); left > 0; left--) {
          reachingIn.add(new DeviceId(in.readUTF()));
        }
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available());
      int count = rest.getInt();
      if (version <= LAST_OF_FIXED_ENTRIES) {
        EvidenceChunk chunk = empty(chunkStart);
        for (int i = 0; i < count; i++) {
          chunk.put(readFixedEntry(rest, stamps, chunkStart));
        }
        return chunk;
      }
      List<Evidence> entries = new ArrayList<>(count + 1);
      while (entries.size() < count) {
        readEntries(rest, stamps, chunkStart, entries);
      }
      return new EvidenceChunk(chunkStart, entries, stamps, reachingIn);
    } catch (IOException | BufferUnderflowException e) {
      throw new IllegalStateException("evidence is cut short", e);
    }
  }

  private static void readEntries(
      ByteBuffer in, StampTable stamps, long chunkStart, List<Evidence> entries) {
    int form = in.get();
    int last = entries.size() - 1;
    if (form == NEW) {
      Stamp stamp = stamps.at(Varint.get(in));
      int what = Byte.toUnsignedInt(in.get());
      int flags = Byte.toUnsignedInt(in.get());
      Map<SleepPosition, Double> positions = readPositions(in, flags);
      LyingDetail lying = (flags & LYING) != 0 ? LyingBytes.read(in) : LyingDetail.NONE;
      long from = (last < 0 ? chunkStart : entries.get(last).from()) + Varint.getSigned(in);
      entries.add(
          new Evidence(
              stamp,
              KINDS[what / KIND],
              POSTURES[what % KIND],
              from,
              from + Varint.get(in),
              (flags & CLASSIFIED) != 0,
              (flags & SETTLED) != 0,
              positions,
              lying));
      return;
    }
    Evidence before = entries.get(last);
    long length = before.to() - before.from();
    switch (form) {
      case SAME -> {
        long from = before.from() + Varint.getSigned(in);
        entries.add(before.at(from, from + Varint.get(in)));
      }
      case SAME_LENGTH -> {
        long from = before.from() + Varint.getSigned(in);
        entries.add(before.at(from, from + length));
      }
      case AGAIN -> {
        long step = before.from() - entries.get(last - 1).from();
        long from = before.from();
        for (int left = Varint.get(in); left > 0; left--) {
          from += step;
          entries.add(before.at(from, from + length));
        }
      }
      default -> throw new IllegalStateException("evidence of form " + form + " is not known");
    }
  }

  private static Map<SleepPosition, Double> readPositions(ByteBuffer in, int flags) {
    if ((flags & POSITIONS) == 0) {
      return Map.of();
    }
    Map<SleepPosition, Double> positions = new EnumMap<>(SleepPosition.class);
    for (int left = Byte.toUnsignedInt(in.get()); left > 0; left--) {
      SleepPosition position = SLEEP_POSITIONS[Byte.toUnsignedInt(in.get())];
      positions.put(position, in.getDouble());
    }
    return positions;
  }

  private static Evidence readFixedEntry(ByteBuffer in, StampTable stamps, long chunkStart) {
    Stamp stamp = stamps.at(Short.toUnsignedInt(in.getShort()));
    Kind kind = KINDS[Byte.toUnsignedInt(in.get())];
    Posture posture = POSTURES[Byte.toUnsignedInt(in.get())];
    int flags = Byte.toUnsignedInt(in.get());
    long from = chunkStart + in.getInt();
    long to = from + in.getInt();
    return new Evidence(
        stamp,
        kind,
        posture,
        from,
        to,
        (flags & CLASSIFIED) != 0,
        (flags & SETTLED) != 0,
        readPositions(in, flags),
        (flags & LYING) != 0 ? LyingBytes.read(in) : LyingDetail.NONE);
  }
}
