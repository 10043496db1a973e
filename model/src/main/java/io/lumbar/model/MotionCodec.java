package io.lumbar.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The binary form of {@link MotionBatch} on {@code lumbar.motion.v1}, big-endian:
 *
 * <pre>
 * byte   version, 1
 * utf    device id       (2-byte length, modified UTF-8)
 * utf    placement       wire name
 * utf    zone            IANA name
 * int64  start           epoch nanoseconds of the first sample
 * varint samples n
 * n times:
 *   varint step          microseconds since the sample before; 0 for the first
 *   int16  x, y, z       1/2048 g, so +/-16 g
 * </pre>
 */
public final class MotionCodec {
  private static final int VERSION = 1;
  private static final float UNITS_PER_G = 2048f;
  private static final int MOST_SAMPLES = 1_000_000;

  private MotionCodec() {}

  public static byte[] encode(MotionBatch batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + batch.size() * 9);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(batch.stamp().device().value());
      out.writeUTF(batch.stamp().placement().wireName());
      out.writeUTF(batch.stamp().zone().getId());
      out.writeLong(batch.startNanos());
      writeVarint(out, batch.size());
      int[] offsets = batch.offsetMicros();
      for (int i = 0; i < offsets.length; i++) {
        writeVarint(out, i == 0 ? 0 : offsets[i] - offsets[i - 1]);
        out.writeShort(units(batch.x()[i]));
        out.writeShort(units(batch.y()[i]));
        out.writeShort(units(batch.z()[i]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a batch.
   *
   * @throws SerializationException when the bytes are of another version, cut short or invalid
   */
  public static MotionBatch decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new SerializationException("motion version " + version + " is not known");
      }
      Stamp stamp =
          new Stamp(
              new DeviceId(in.readUTF()), Placement.of(in.readUTF()), ZoneId.of(in.readUTF()));
      long start = in.readLong();
      int samples = readVarint(in);
      if (samples < 1 || samples > MOST_SAMPLES || samples > bytes.length / 7) {
        throw new SerializationException(
            "a motion batch of " + samples + " samples is not possible");
      }
      int[] offsets = new int[samples];
      float[] x = new float[samples];
      float[] y = new float[samples];
      float[] z = new float[samples];
      // Samples come by the million: read from the array, as a stream would cost five times more.
      int at = bytes.length - in.available();
      int offset = 0;
      for (int i = 0; i < samples; i++) {
        int step = bytes[at++];
        for (int shift = 7, next = step; next < 0; shift += 7) {
          if (shift > 28) {
            throw new IOException("a number of more than five bytes");
          }
          next = bytes[at++];
          step = (step & ((1 << shift) - 1)) | (next << shift);
        }
        offset = Math.addExact(offset, step);
        offsets[i] = offset;
        x[i] = (short) ((bytes[at] << 8) | (bytes[at + 1] & 0xFF)) / UNITS_PER_G;
        y[i] = (short) ((bytes[at + 2] << 8) | (bytes[at + 3] & 0xFF)) / UNITS_PER_G;
        z[i] = (short) ((bytes[at + 4] << 8) | (bytes[at + 5] & 0xFF)) / UNITS_PER_G;
        at += 6;
      }
      return new MotionBatch(stamp, start, offsets, x, y, z);
    } catch (IOException | RuntimeException e) {
      throw e instanceof SerializationException known
          ? known
          : new SerializationException("not a valid motion batch", e);
    }
  }

  /** The Kafka serde. */
  public static Serde<MotionBatch> serde() {
    return Serdes.serdeFrom((topic, batch) -> encode(batch), (topic, bytes) -> decode(bytes));
  }

  private static int units(float g) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(g * UNITS_PER_G)));
  }

  private static void writeVarint(DataOutputStream out, int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int readVarint(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("a number of more than five bytes");
  }
}
