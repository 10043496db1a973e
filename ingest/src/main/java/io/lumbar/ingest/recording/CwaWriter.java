package io.lumbar.ingest.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.function.IntToDoubleFunction;

/**
 * Writes Axivity recordings as the devices do, for tests and benchmarks. The layout is that of
 * {@link AxivityBlock}.
 */
public final class CwaWriter {
  private static final int BLOCK = 512;
  private static final double EVERY_FRACTION = 32_768;

  /** How samples are laid out in a block. */
  public enum Layout {
    /** Ten bits an axis and a common exponent, 1/256 g. */
    PACKED(0x30, 120, 0),
    /** Sixteen bits an axis, 1/256 g. */
    UNPACKED(0x32, 80, 0),
    /** Gyroscope and accelerometer, sixteen bits, 1/2048 g. */
    WITH_GYROSCOPE(0x62, 40, 3);

    private final int code;
    private final int samples;
    private final int scale;

    Layout(int code, int samples, int scale) {
      this.code = code;
      this.samples = samples;
      this.scale = scale;
    }
  }

  private final Layout layout;
  private final int rate;
  private final double realRate;
  private final LocalDateTime start;
  private int sequence;

  /**
   * A writer of one file.
   *
   * @param rate the configured rate, a power of two times 6.25 Hz
   * @param realRate what the sensor really does
   * @param start the device's clock at the first sample
   */
  public CwaWriter(Layout layout, int rate, double realRate, LocalDateTime start) {
    this.layout = layout;
    this.rate = rate;
    this.realRate = realRate;
    this.start = start;
  }

  /** How many samples a full block has. */
  public int samplesPerBlock() {
    return layout.samples;
  }

  /**
   * The file's header.
   *
   * @param device its number
   */
  public byte[] header(int device) {
    ByteBuffer header = ByteBuffer.allocate(2 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, (byte) 'M').put(1, (byte) 'D').putShort(2, (short) 1020);
    header.put(4, (byte) (layout == Layout.WITH_GYROSCOPE ? 0x64 : 0x17));
    header.putShort(5, (short) device).putShort(11, (short) (device >>> 16));
    header.put(36, (byte) rateCode());
    return header.array();
  }

  /**
   * The next block.
   *
   * @param x g at a sample's number, from the file's first
   * @param y the same of the second axis
   * @param z the same of the third axis
   */
  public byte[] block(IntToDoubleFunction x, IntToDoubleFunction y, IntToDoubleFunction z) {
    int first = sequence * layout.samples;
    // The clock is read somewhere in the block, as the firmware empties its queue.
    int read = 25 % layout.samples;
    double seconds = (first + read) / realRate;
    long whole = (long) seconds;
    int fraction = (int) ((seconds - whole) * EVERY_FRACTION);
    int movedBack = (int) (fraction / EVERY_FRACTION * rate);
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    block.put(0, (byte) 'A').put(1, (byte) 'X').putShort(2, (short) 508);
    block.putShort(4, (short) (0x8000 | fraction));
    block.putInt(10, sequence++);
    block.putInt(14, stamp(start.plusSeconds(whole)));
    block.putShort(18, (short) (layout.scale << 13));
    block.put(24, (byte) rateCode()).put(25, (byte) layout.code);
    block.putShort(26, (short) (read - movedBack)).putShort(28, (short) layout.samples);
    for (int i = 0; i < layout.samples; i++) {
      put(
          block,
          i,
          x.applyAsDouble(first + i),
          y.applyAsDouble(first + i),
          z.applyAsDouble(first + i));
    }
    int sum = 0;
    for (int i = 0; i < BLOCK - 2; i += 2) {
      sum += block.getShort(i);
    }
    return block.putShort(BLOCK - 2, (short) -sum).array();
  }

  /**
   * Writes a header and blocks for a time, with the axes of {@link #block}.
   *
   * @param device its number
   * @param seconds of the sensor's clock; the last block may go beyond
   */
  public void write(
      OutputStream out,
      int device,
      double seconds,
      IntToDoubleFunction x,
      IntToDoubleFunction y,
      IntToDoubleFunction z)
      throws IOException {
    out.write(header(device));
    long blocks = (long) Math.ceil(seconds * realRate / layout.samples);
    for (long i = 0; i < blocks; i++) {
      out.write(block(x, y, z));
    }
  }

  private void put(ByteBuffer block, int i, double x, double y, double z) {
    if (layout == Layout.PACKED) {
      int[] units = {
        (int) Math.round(x * 256), (int) Math.round(y * 256), (int) Math.round(z * 256)
      };
      int exponent = 0;
      while (exponent < 3 && largest(units) >> exponent > 511) {
        exponent++;
      }
      int value = exponent << 30;
      for (int axis = 0; axis < 3; axis++) {
        value |= ((units[axis] >> exponent) & 0x3FF) << (10 * axis);
      }
      block.putInt(30 + 4 * i, value);
      return;
    }
    int perG = 1 << (8 + layout.scale);
    int at = layout == Layout.WITH_GYROSCOPE ? 30 + 12 * i + 6 : 30 + 6 * i;
    block.putShort(at, (short) Math.round(x * perG));
    block.putShort(at + 2, (short) Math.round(y * perG));
    block.putShort(at + 4, (short) Math.round(z * perG));
  }

  private static int largest(int[] units) {
    int most = 0;
    for (int unit : units) {
      most = Math.max(most, unit < 0 ? -unit - 1 : unit);
    }
    return most;
  }

  private int rateCode() {
    return 15 - (int) Math.round(Math.log(3200.0 / rate) / Math.log(2));
  }

  private static int stamp(LocalDateTime time) {
    return ((time.getYear() - 2000) << 26)
        | (time.getMonthValue() << 22)
        | (time.getDayOfMonth() << 17)
        | (time.getHour() << 12)
        | (time.getMinute() << 6)
        | time.getSecond();
  }
}
