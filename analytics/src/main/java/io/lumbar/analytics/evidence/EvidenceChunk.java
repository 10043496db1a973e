package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
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
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that touches ten minutes of UTC of a wearer, as one value of the store.
 *
 * <p>Form: version byte 2; {@link StampTable}; count of entries; per entry stamp index, kind,
 * posture, flags (1 classified, 2 settled, 4 positions, 8 lying), start as signed milliseconds from
 * the chunk, length in milliseconds, with flag 4 a count and pairs of position and seconds, and
 * with flag 8 the {@link LyingBytes}. Version 1 had no flag 8 and is read too.
 */
final class EvidenceChunk {
  private static final int VERSION = 2;
  private static final int OLDEST = 1;
  private static final int CLASSIFIED = 1;
  private static final int SETTLED = 2;
  private static final int POSITIONS = 4;
  private static final int LYING = 8;

  // A chunk is written at every addition, so what is there is copied and the new entry put behind.
  private static final int ENTRY_BYTES = 13;
  private static final int POSITION_BYTES = 9;

  private static final Posture[] POSTURES = Posture.values();
  private static final Kind[] KINDS = Kind.values();
  private static final SleepPosition[] SLEEP_POSITIONS = SleepPosition.values();

  private final long start;
  private final List<Evidence> entries;
  private StampTable stamps;

  /** The form of the entries, or null while it has to be made anew. */
  private byte @Nullable [] bytes;

  /** Where the count of entries stands in it. */
  private int countAt;

  private EvidenceChunk(long start, List<Evidence> entries, StampTable stamps) {
    this.start = start;
    this.entries = entries;
    this.stamps = stamps;
  }

  /** A chunk without entries. */
  static EvidenceChunk empty(long start) {
    return new EvidenceChunk(start, new ArrayList<>(), new StampTable());
  }

  /** The entries, in the order in which they came; a view. */
  List<Evidence> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The different stamps of the entries. */
  StampTable stamps() {
    return stamps;
  }

  /** Adds an entry; one more with a known stamp is put behind the bytes that are there. */
  void add(Evidence entry) {
    int known = stamps.size();
    int stamp = stamps.index(entry.stamp());
    Evidence shared = entry.withStamp(stamps.at(stamp));
    entries.add(shared);
    byte[] before = bytes;
    bytes = before == null || stamp == known ? null : appended(before, shared, stamp);
  }

  private byte[] appended(byte[] before, Evidence entry, int stamp) {
    ByteBuffer out = ByteBuffer.allocate(before.length + size(List.of(entry)));
    out.put(before);
    writeEntry(out, entry, stamp, start);
    return out.putInt(countAt, entries.size()).array();
  }

  /** Puts an entry in the place of another with an equal stamp. */
  void replace(int index, Evidence entry) {
    entries.set(index, entry.withStamp(entries.get(index).stamp()));
    bytes = null;
  }

  /** Takes entries out; true when one of them was there. */
  boolean removeAll(List<Evidence> gone) {
    boolean changed = entries.removeAll(gone);
    if (changed) {
      bytes = null;
      stamps = new StampTable();
      for (Evidence entry : entries) {
        stamps.index(entry.stamp());
      }
    }
    return changed;
  }

  /** The stored form; never changed afterwards. */
  byte[] bytes() {
    byte[] made = bytes;
    if (made == null) {
      made = encode();
      bytes = made;
    }
    return made;
  }

  private byte[] encode() {
    byte[] head = head(stamps);
    ByteBuffer out = ByteBuffer.allocate(head.length + Integer.BYTES + size(entries));
    countAt = head.length;
    out.put(head);
    out.putInt(entries.size());
    for (Evidence entry : entries) {
      writeEntry(out, entry, stamps.index(entry.stamp()), start);
    }
    return out.array();
  }

  private static byte[] head(StampTable stamps) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      stamps.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static int size(List<Evidence> entries) {
    int size = entries.size() * ENTRY_BYTES;
    for (Evidence entry : entries) {
      int positions = entry.positionSeconds().size();
      size += positions == 0 ? 0 : 1 + positions * POSITION_BYTES;
      size += tellsHowItLies(entry) ? LyingBytes.SIZE : 0;
    }
    return size;
  }

  @SuppressWarnings("ReferenceEquality") // a short cut before the comparison
  private static boolean tellsHowItLies(Evidence entry) {
    return entry.lying() != LyingDetail.NONE && !entry.lying().equals(LyingDetail.NONE);
  }

  private static void writeEntry(ByteBuffer out, Evidence entry, int stamp, long chunkStart) {
    boolean positions = !entry.positionSeconds().isEmpty();
    boolean lying = tellsHowItLies(entry);
    out.putShort((short) stamp);
    out.put((byte) entry.kind().ordinal());
    out.put((byte) entry.posture().ordinal());
    out.put(
        (byte)
            ((entry.classified() ? CLASSIFIED : 0)
                | (entry.settled() ? SETTLED : 0)
                | (positions ? POSITIONS : 0)
                | (lying ? LYING : 0)));
    out.putInt(Math.toIntExact(entry.from() - chunkStart));
    out.putInt(Math.toIntExact(entry.to() - entry.from()));
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
      int countAt = bytes.length - in.available();
      ByteBuffer rest = ByteBuffer.wrap(bytes, countAt, in.available());
      int count = rest.getInt();
      List<Evidence> entries = new ArrayList<>(count + 1);
      for (int i = 0; i < count; i++) {
        entries.add(readEntry(rest, stamps, chunkStart));
      }
      EvidenceChunk chunk = new EvidenceChunk(chunkStart, entries, stamps);
      if (version == VERSION) {
        chunk.bytes = bytes;
        chunk.countAt = countAt;
      }
      return chunk;
    } catch (IOException | BufferUnderflowException e) {
      throw new IllegalStateException("evidence is cut short", e);
    }
  }

  private static Evidence readEntry(ByteBuffer in, StampTable stamps, long chunkStart) {
    Stamp stamp = stamps.at(Short.toUnsignedInt(in.getShort()));
    Kind kind = KINDS[Byte.toUnsignedInt(in.get())];
    Posture posture = POSTURES[Byte.toUnsignedInt(in.get())];
    int flags = Byte.toUnsignedInt(in.get());
    long from = chunkStart + in.getInt();
    long to = from + in.getInt();
    Map<SleepPosition, Double> positions = Map.of();
    if ((flags & POSITIONS) != 0) {
      positions = new EnumMap<>(SleepPosition.class);
      for (int left = Byte.toUnsignedInt(in.get()); left > 0; left--) {
        SleepPosition position = SLEEP_POSITIONS[Byte.toUnsignedInt(in.get())];
        positions.put(position, in.getDouble());
      }
    }
    return new Evidence(
        stamp,
        kind,
        posture,
        from,
        to,
        (flags & CLASSIFIED) != 0,
        (flags & SETTLED) != 0,
        positions,
        (flags & LYING) != 0 ? LyingBytes.read(in) : LyingDetail.NONE);
  }
}
