package io.lumbar.alerts;

import io.lumbar.alerts.Advance.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an {@link Advance}.
 *
 * <p>Form: version byte 1; what is forgotten before, as epoch seconds in eight bytes and
 * nanoseconds in four; count of clocks in one byte. Of each clock: episode as {@link
 * DataOutputStream#writeUTF}; revision and level; flags (1 due, 2 told, 4 held back, 8 confidence);
 * to, until, holdsUntil; seconds as a double, with flag 8 the confidence as another; seenAt; with
 * flags 1, 2 and 4 due, toldTo, withheldTo. Whole numbers in groups of seven bits, lowest first,
 * the top bit of a byte says that another follows; an instant is its seconds since the first one of
 * the form, zigzag, and its nanoseconds.
 */
final class AdvanceBytes {
  private static final int VERSION = 1;
  private static final int DUE = 1;
  private static final int TOLD = 2;
  private static final int WITHHELD = 4;
  private static final int CONFIDENCE = 8;

  private AdvanceBytes() {}

  static byte[] encode(Advance advance) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Instant origin = advance.forgottenBefore();
      out.writeByte(VERSION);
      out.writeLong(origin.getEpochSecond());
      out.writeInt(origin.getNano());
      out.writeByte(advance.clocks().size());
      for (Clock clock : advance.clocks()) {
        write(out, clock, origin);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Clock clock, Instant origin) throws IOException {
    out.writeUTF(clock.episode());
    writeNumber(out, clock.revision());
    writeNumber(out, clock.level());
    out.writeByte(
        (clock.due() != null ? DUE : 0)
            | (clock.toldTo() != null ? TOLD : 0)
            | (clock.withheldTo() != null ? WITHHELD : 0)
            | (clock.confidence() != null ? CONFIDENCE : 0));
    writeInstant(out, clock.to(), origin);
    writeInstant(out, clock.until(), origin);
    writeInstant(out, clock.holdsUntil(), origin);
    out.writeDouble(clock.seconds());
    Double confidence = clock.confidence();
    if (confidence != null) {
      out.writeDouble(confidence);
    }
    writeInstant(out, clock.seenAt(), origin);
    writeInstant(out, clock.due(), origin);
    writeInstant(out, clock.toldTo(), origin);
    writeInstant(out, clock.withheldTo(), origin);
  }

  private static void writeInstant(DataOutputStream out, @Nullable Instant instant, Instant origin)
      throws IOException {
    if (instant != null) {
      long seconds = instant.getEpochSecond() - origin.getEpochSecond();
      writeNumber(out, (seconds << 1) ^ (seconds >> 63));
      writeNumber(out, instant.getNano());
    }
  }

  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads what any version up to this one wrote.
   *
   * @throws IllegalStateException when a later version wrote it
   * @throws UncheckedIOException when it is cut short
   */
  static Advance decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalStateException("a stored advance of version " + version + " is not known");
      }
      Instant origin = Instant.ofEpochSecond(in.readLong(), in.readInt());
      int count = in.readUnsignedByte();
      List<Clock> clocks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        clocks.add(read(in, origin));
      }
      return new Advance(origin, clocks);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored advance is cut short", e);
    }
  }

  private static Clock read(DataInputStream in, Instant origin) throws IOException {
    String episode = in.readUTF();
    int revision = (int) readNumber(in);
    int level = (int) readNumber(in);
    int flags = in.readUnsignedByte();
    return new Clock(
        episode,
        revision,
        level,
        readInstant(in, origin),
        readInstant(in, origin),
        readInstant(in, origin),
        in.readDouble(),
        (flags & CONFIDENCE) != 0 ? in.readDouble() : null,
        readInstant(in, origin),
        (flags & DUE) != 0 ? readInstant(in, origin) : null,
        (flags & TOLD) != 0 ? readInstant(in, origin) : null,
        (flags & WITHHELD) != 0 ? readInstant(in, origin) : null);
  }

  private static Instant readInstant(DataInputStream in, Instant origin) throws IOException {
    long zigzag = readNumber(in);
    long seconds = (zigzag >>> 1) ^ -(zigzag & 1);
    return Instant.ofEpochSecond(origin.getEpochSecond() + seconds, readNumber(in));
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.readUnsignedByte();
      number |= (next & 0x7fL) << shift;
      if ((next & 0x80) == 0) {
        break;
      }
    }
    return number;
  }
}
