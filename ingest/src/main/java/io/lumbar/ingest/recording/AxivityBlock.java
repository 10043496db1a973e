package io.lumbar.ingest.recording;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * One 512-byte data block of an Axivity file. The layout is the one that Open Movement publishes
 * (AX3 technical documentation, cwa.h); all numbers are little-endian.
 *
 * <p>A view onto a buffer that is moved from block to block, because a week has half a million.
 */
final class AxivityBlock {
  static final int BYTES = 512;

  private static final int DATA_OFFSET = 30;
  private static final int DATA_BYTES = 480;
  private static final int PACKED = 4;
  private static final long SECOND = 1_000_000_000L;

  private final byte[] buffer;
  private int at;
  private int samples;
  private int channels;
  private int sampleBytes;
  private float unitsPerG = 256;
  private double rate;
  private double offset;
  private long clockNanos;
  private int cachedStamp;
  private long cachedSeconds;

  AxivityBlock(byte[] buffer) {
    this.buffer = buffer;
  }

  /** True for flash that was never written. */
  boolean isErased(int from) {
    return (buffer[from] & 0xFF) == 0xFF && (buffer[from + 1] & 0xFF) == 0xFF;
  }

  /** True for the file's other kinds of blocks, which hold no samples. */
  boolean isOther(int from) {
    int kind = unsigned(from);
    return kind == kind('M', 'D') || kind == kind('U', 'B') || kind == kind('S', 'I');
  }

  /**
   * Moves to the block at a place in the buffer.
   *
   * @return what is wrong with it, or the empty text
   */
  String moveTo(int from) {
    at = from;
    if (unsigned(from) != kind('A', 'X') || unsigned(from + 2) != BYTES - 4) {
      return "it does not begin as a data block does";
    }
    int rateCode = buffer[from + 24] & 0xFF;
    if (rateCode != 0 && sum() != 0) {
      return "its checksum is wrong";
    }
    samples = unsigned(from + 28);
    int layout = buffer[from + 25] & 0xFF;
    channels = layout >> 4;
    int packing = layout & 0x0F;
    sampleBytes = packing == 0 && channels == 3 ? PACKED : packing == 2 ? 2 * channels : 0;
    if (sampleBytes == 0 || channels < 3 || samples > DATA_BYTES / sampleBytes) {
      return "its packing is not known";
    }
    unitsPerG = 1 << (8 + (unsigned(from + 18) >> 13));
    return readTime(rateCode);
  }

  private String readTime(int rateCode) {
    int stamp = integer(at + 14);
    int shift = (short) unsigned(at + 26);
    if (rateCode == 0) {
      // The first devices wrote the rate here.
      rate = shift;
      offset = 0;
    } else {
      rate = 3200.0 / (1 << (15 - (rateCode & 0x0F)));
      offset = shift;
    }
    if (!(rate >= 1)) {
      return "its rate is not known";
    }
    if (stamp != cachedStamp) {
      try {
        cachedSeconds = seconds(stamp);
        cachedStamp = stamp;
      } catch (DateTimeException e) {
        return "its time is no date";
      }
    }
    clockNanos = cachedSeconds * SECOND;
    int fraction = unsigned(at + 4);
    if ((fraction & 0x8000) != 0) {
      // The offset was moved back by the whole samples of the fraction; what is left of it is
      // between none and one sample. Programs differ on whether to count that, so take half.
      double wholeSamples = Math.floor((fraction & 0x7FFF) / 32768.0 * (int) rate);
      double seconds = (fraction & 0x7FFF) / 32768.0;
      offset += wholeSamples;
      clockNanos += Math.round((seconds - 0.5 / rate) * SECOND);
    }
    return "";
  }

  int samples() {
    return samples;
  }

  /** Samples a second, as configured; the sensor's own clock may be some percent off. */
  double rate() {
    return rate;
  }

  /** A running number; blocks that follow each other count up by one. */
  int sequence() {
    return integer(at + 10);
  }

  /** The wall clock at the first sample, in nanoseconds since 1970. */
  long startNanos() {
    return clockNanos - Math.round(offset / rate * SECOND);
  }

  /** Hands on the samples, spread evenly over a span of time. */
  void give(long fromNanos, long toNanos, SampleTaker taker) {
    double step = (double) (toNanos - fromNanos) / Math.max(1, samples);
    float scale = 1 / unitsPerG;
    int place = at + DATA_OFFSET + (channels >= 6 ? 6 : 0);
    for (int i = 0; i < samples; i++, place += sampleBytes) {
      long nanos = fromNanos + (long) (i * step);
      if (sampleBytes == PACKED) {
        int packed = integer(place);
        int exponent = packed >>> 30;
        taker.sample(
            nanos,
            ((packed << 22 >> 22) << exponent) * scale,
            ((packed << 12 >> 22) << exponent) * scale,
            ((packed << 2 >> 22) << exponent) * scale);
      } else {
        taker.sample(
            nanos,
            (short) unsigned(place) * scale,
            (short) unsigned(place + 2) * scale,
            (short) unsigned(place + 4) * scale);
      }
    }
  }

  /** Years since 2000, month, day, hour, minute and second, in 6, 4, 5, 5, 6 and 6 bits. */
  private static long seconds(int stamp) {
    return LocalDateTime.of(
            2000 + (stamp >>> 26),
            stamp >>> 22 & 0x0F,
            stamp >>> 17 & 0x1F,
            stamp >>> 12 & 0x1F,
            stamp >>> 6 & 0x3F,
            stamp & 0x3F)
        .toEpochSecond(ZoneOffset.UTC);
  }

  private int sum() {
    int sum = 0;
    for (int i = at; i < at + BYTES; i += 2) {
      sum += unsigned(i);
    }
    return sum & 0xFFFF;
  }

  private int unsigned(int from) {
    return (buffer[from] & 0xFF) | (buffer[from + 1] & 0xFF) << 8;
  }

  private int integer(int from) {
    return unsigned(from) | unsigned(from + 2) << 16;
  }

  private static int kind(char first, char second) {
    return first | second << 8;
  }
}
