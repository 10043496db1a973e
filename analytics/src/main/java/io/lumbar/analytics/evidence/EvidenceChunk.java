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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The evidence that touches ten minutes of UTC of a wearer, as one value of the store.
 *
 * <p>Form: version byte 1; {@link StampTable}; count of entries; per entry stamp index, kind,
 * posture, flags (1 classified, 2 settled, 4 positions), start as signed milliseconds from the
 * chunk, length in milliseconds, and with flag 4 a count and pairs of position and seconds.
 */
final class EvidenceChunk {
  private static final int VERSION = 1;
  private static final int CLASSIFIED = 1;
  private static final int SETTLED = 2;
  private static final int POSITIONS = 4;
  private static final Posture[] POSTURES = Posture.values();
  private static final Kind[] KINDS = Kind.values();
  private static final SleepPosition[] SLEEP_POSITIONS = SleepPosition.values();

  private EvidenceChunk() {}

  static byte[] encode(List<Evidence> entries, long chunkStart) {
    StampTable stamps = new StampTable();
    for (Evidence entry : entries) {
      stamps.index(entry.stamp());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + entries.size() * 14);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      stamps.write(out);
      out.writeInt(entries.size());
      for (Evidence entry : entries) {
        writeEntry(out, entry, stamps.index(entry.stamp()), chunkStart);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static void writeEntry(DataOutputStream out, Evidence entry, int stamp, long chunkStart)
      throws IOException {
    boolean positions = !entry.positionSeconds().isEmpty();
    out.writeShort(stamp);
    out.writeByte(entry.kind().ordinal());
    out.writeByte(entry.posture().ordinal());
    out.writeByte(
        (entry.classified() ? CLASSIFIED : 0)
            | (entry.settled() ? SETTLED : 0)
            | (positions ? POSITIONS : 0));
    out.writeInt(Math.toIntExact(entry.from() - chunkStart));
    out.writeInt(Math.toIntExact(entry.to() - entry.from()));
    if (positions) {
      out.writeByte(entry.positionSeconds().size());
      for (SleepPosition position : SLEEP_POSITIONS) {
        Double seconds = entry.positionSeconds().get(position);
        if (seconds != null) {
          out.writeByte(position.ordinal());
          out.writeDouble(seconds);
        }
      }
    }
  }

  static List<Evidence> decode(byte[] bytes, long chunkStart) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalStateException("evidence of version " + version + " is not known");
      }
      StampTable stamps = StampTable.read(in);
      int count = in.readInt();
      List<Evidence> entries = new ArrayList<>(count + 1);
      for (int i = 0; i < count; i++) {
        entries.add(readEntry(in, stamps, chunkStart));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException("evidence is cut short", e);
    }
  }

  private static Evidence readEntry(DataInputStream in, StampTable stamps, long chunkStart)
      throws IOException {
    Stamp stamp = stamps.at(in.readUnsignedShort());
    Kind kind = KINDS[in.readUnsignedByte()];
    Posture posture = POSTURES[in.readUnsignedByte()];
    int flags = in.readUnsignedByte();
    long from = chunkStart + in.readInt();
    long to = from + in.readInt();
    Map<SleepPosition, Double> positions = Map.of();
    if ((flags & POSITIONS) != 0) {
      positions = new EnumMap<>(SleepPosition.class);
      for (int left = in.readUnsignedByte(); left > 0; left--) {
        SleepPosition position = SLEEP_POSITIONS[in.readUnsignedByte()];
        positions.put(position, in.readDouble());
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
        positions);
  }
}
