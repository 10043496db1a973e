package io.lumbar.analytics.stream;

import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The compact form of a bout in the store; every change reads the bouts around it back, and as JSON
 * that was most of the work.
 *
 * <p>Form: version byte 1; id and wearer; posture; from, to and holdsUntil in epoch milliseconds;
 * zone; placement; flags (1 open, 2 retracted, 4 provisional); revision; count and pairs of sleep
 * position and seconds. Texts as {@link DataOutputStream#writeUTF}, constants as their ordinal in
 * one byte. What an older version wrote as JSON is read too.
 */
final class BoutBytes {
  private static final int VERSION = 1;
  private static final int OPEN = 1;
  private static final int RETRACTED = 2;
  private static final int PROVISIONAL = 4;
  private static final Posture[] POSTURES = Posture.values();
  private static final Placement[] PLACEMENTS = Placement.values();
  private static final SleepPosition[] SLEEP_POSITIONS = SleepPosition.values();

  private BoutBytes() {}

  static Serde<Bout> serde() {
    return Serdes.serdeFrom(
        (topic, bout) -> bout == null ? null : encode(bout),
        (topic, bytes) -> bytes == null ? null : decode(bytes));
  }

  static byte[] encode(Bout bout) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(bout.id());
      out.writeUTF(bout.wearer().value());
      out.writeByte(bout.posture().ordinal());
      out.writeLong(bout.from().toEpochMilli());
      out.writeLong(bout.to().toEpochMilli());
      out.writeLong(bout.holdsUntil().toEpochMilli());
      out.writeUTF(bout.zone().getId());
      out.writeByte(bout.placement().ordinal());
      out.writeByte(
          (bout.open() ? OPEN : 0)
              | (bout.retracted() ? RETRACTED : 0)
              | (bout.provisional() ? PROVISIONAL : 0));
      out.writeInt(bout.revision());
      out.writeByte(bout.positionSeconds().size());
      for (Map.Entry<SleepPosition, Double> entry : bout.positionSeconds().entrySet()) {
        out.writeByte(entry.getKey().ordinal());
        out.writeDouble(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  static Bout decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version == '{') {
        return Json.read(bytes, Bout.class);
      }
      if (version != VERSION) {
        throw new IllegalStateException("a stored bout of version " + version + " is not known");
      }
      String id = in.readUTF();
      WearerId wearer = new WearerId(in.readUTF());
      Posture posture = POSTURES[in.readUnsignedByte()];
      Instant from = Instant.ofEpochMilli(in.readLong());
      Instant to = Instant.ofEpochMilli(in.readLong());
      Instant holdsUntil = Instant.ofEpochMilli(in.readLong());
      ZoneId zone = ZoneId.of(in.readUTF());
      Placement placement = PLACEMENTS[in.readUnsignedByte()];
      int flags = in.readUnsignedByte();
      int revision = in.readInt();
      return new Bout(
          id,
          wearer,
          posture,
          from,
          to,
          holdsUntil,
          zone,
          placement,
          (flags & OPEN) != 0,
          revision,
          (flags & RETRACTED) != 0,
          positions(in),
          (flags & PROVISIONAL) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored bout is cut short", e);
    }
  }

  private static Map<SleepPosition, Double> positions(DataInputStream in) throws IOException {
    int left = in.readUnsignedByte();
    if (left == 0) {
      return Map.of();
    }
    Map<SleepPosition, Double> positions = new EnumMap<>(SleepPosition.class);
    for (; left > 0; left--) {
      SleepPosition position = SLEEP_POSITIONS[in.readUnsignedByte()];
      positions.put(position, in.readDouble());
    }
    return positions;
  }
}
