package io.lumbar.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The binary form of {@link MotionBatch} on {@code lumbar.motion.v1}, big-endian:
 *
 * <pre>
 * byte   version, 1
 * text   device id       (2-byte length, ASCII)
 * text   placement       wire name
 * text   zone            IANA name
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
  private static final int VECTOR_BYTES = 6;
  private static final int LONGEST_STEP_BYTES = 5;

  private MotionCodec() {}

  /**
   * What stands in a record before it is known whose it is.
   *
   * @param device the device's id as sent, may be empty
   * @param placement as sent, may be empty
   * @param batch the samples, stamped by the receiver
   * @param end where in the bytes the record ends
   */
  public record Uploaded(String device, String placement, MotionBatch batch, int end) {}

  public static byte[] encode(MotionBatch batch) {
    byte[] device = batch.stamp().device().value().getBytes(StandardCharsets.US_ASCII);
    byte[] placement = batch.stamp().placement().wireName().getBytes(StandardCharsets.US_ASCII);
    byte[] zone = batch.stamp().zone().getId().getBytes(StandardCharsets.US_ASCII);
    int head = 1 + 2 + device.length + 2 + placement.length + 2 + zone.length + 8;
    int[] offsets = batch.offsetMicros();
    byte[] bytes =
        new byte[head + LONGEST_STEP_BYTES + offsets.length * (LONGEST_STEP_BYTES + VECTOR_BYTES)];
    bytes[0] = VERSION;
    int at = text(bytes, 1, device);
    at = text(bytes, at, placement);
    at = text(bytes, at, zone);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[at++] = (byte) (batch.startNanos() >>> shift);
    }
    at = varint(bytes, at, offsets.length);
    int before = 0;
    for (int i = 0; i < offsets.length; i++) {
      at = varint(bytes, at, offsets[i] - before);
      before = offsets[i];
      at = vector(bytes, at, units(batch.x()[i]));
      at = vector(bytes, at, units(batch.y()[i]));
      at = vector(bytes, at, units(batch.z()[i]));
    }
    return Arrays.copyOf(bytes, at);
  }

  /**
   * Reads a batch.
   *
   * @throws SerializationException when the bytes are of another version, cut short or invalid
   */
  public static MotionBatch decode(byte[] bytes) {
    Cursor cursor = new Cursor(bytes, 0);
    try {
      cursor.version();
      Stamp stamp =
          new Stamp(
              new DeviceId(cursor.text()), Placement.of(cursor.text()), ZoneId.of(cursor.text()));
      MotionBatch batch = cursor.batch(stamp);
      if (cursor.at != bytes.length) {
        throw new SerializationException("a motion batch has bytes behind its end");
      }
      return batch;
    } catch (RuntimeException e) {
      throw known(e);
    }
  }

  /**
   * Reads one of several records that stand one behind the other.
   *
   * @param from where it begins
   * @param stamp gives the stamp, which is not taken from the bytes, for the instant of the first
   *     sample
   * @throws SerializationException when the bytes are of another version, cut short or invalid
   */
  public static Uploaded upload(byte[] bytes, int from, Function<Instant, Stamp> stamp) {
    Cursor cursor = new Cursor(bytes, from);
    try {
      cursor.version();
      String device = cursor.text();
      String placement = cursor.text();
      cursor.text();
      MotionBatch batch = cursor.batch(stamp.apply(Instant.ofEpochSecond(0, cursor.peekStart())));
      return new Uploaded(device, placement, batch, cursor.at);
    } catch (RuntimeException e) {
      throw known(e);
    }
  }

  /** The Kafka serde. */
  public static Serde<MotionBatch> serde() {
    return Serdes.serdeFrom((topic, batch) -> encode(batch), (topic, bytes) -> decode(bytes));
  }

  private static SerializationException known(RuntimeException e) {
    return e instanceof SerializationException known
        ? known
        : new SerializationException("not a valid motion batch", e);
  }

  private static int units(float g) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(g * UNITS_PER_G)));
  }

  private static int text(byte[] bytes, int from, byte[] text) {
    bytes[from] = (byte) (text.length >>> 8);
    bytes[from + 1] = (byte) text.length;
    System.arraycopy(text, 0, bytes, from + 2, text.length);
    return from + 2 + text.length;
  }

  private static int vector(byte[] bytes, int from, int value) {
    bytes[from] = (byte) (value >>> 8);
    bytes[from + 1] = (byte) value;
    return from + 2;
  }

  private static int varint(byte[] bytes, int from, int value) {
    int at = from;
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[at++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  /** A place in the bytes; running over their end is an {@link IndexOutOfBoundsException}. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    void version() {
      int version = bytes[at++] & 0xFF;
      if (version != VERSION) {
        throw new SerializationException("motion version " + version + " is not known");
      }
    }

    String text() {
      int length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
      String text = new String(bytes, at + 2, length, StandardCharsets.US_ASCII);
      at += 2 + length;
      return text;
    }

    long peekStart() {
      long start = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        start = start << 8 | (bytes[at + i] & 0xFF);
      }
      return start;
    }

    MotionBatch batch(Stamp stamp) {
      long start = peekStart();
      at += Long.BYTES;
      int samples = varint();
      if (samples < 1 || samples > MOST_SAMPLES || samples > (bytes.length - at) / 7) {
        throw new SerializationException(
            "a motion batch of " + samples + " samples is not possible");
      }
      int[] offsets = new int[samples];
      float[] x = new float[samples];
      float[] y = new float[samples];
      float[] z = new float[samples];
      int offset = 0;
      for (int i = 0; i < samples; i++) {
        offset = Math.addExact(offset, varint());
        offsets[i] = offset;
        x[i] = axis(at);
        y[i] = axis(at + 2);
        z[i] = axis(at + 4);
        at += VECTOR_BYTES;
      }
      return new MotionBatch(stamp, start, offsets, x, y, z);
    }

    private float axis(int from) {
      return (short) (bytes[from] << 8 | (bytes[from + 1] & 0xFF)) / UNITS_PER_G;
    }

    private int varint() {
      int next = bytes[at++];
      int value = next & 0x7F;
      for (int shift = 7; next < 0; shift += 7) {
        if (shift > 28) {
          throw new SerializationException("a number of more than five bytes");
        }
        next = bytes[at++];
        value |= (next & 0x7F) << shift;
      }
      return value;
    }
  }
}
