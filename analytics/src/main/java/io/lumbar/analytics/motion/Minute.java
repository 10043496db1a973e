package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one UTC minute of a sensor: a {@link Feature} and the label that was told last
 * per second, and the sums of those seconds to which something may still be added.
 *
 * <p>Of a second that comes in more than {@value #MOST_PARTS} parts the first ones count, whichever
 * came first.
 *
 * <p>Form: version byte 2, or 1 when single samples were written like other parts; runs of equal
 * features as varint length less one and 6 bytes; runs of equal labels as varint length less one
 * and a byte; a count of open seconds, and for each the second, a count of parts and the {@link
 * Sums} of each.
 */
final class Minute {
  static final int SECONDS = 60;

  private static final int VERSION = 2;
  private static final int WITHOUT_SHORT_FORM = 1;
  static final int MOST_PARTS = 64;
  private static final int LARGEST_SUMS = 180;

  /** What adding a part did. */
  enum Added {
    NOTHING,
    PART,
    FEATURE
  }

  /** Whether nothing moves throughout the minute; looked up again and again while it lasts. */
  enum Still {
    NOT_LOOKED_AT,
    YES,
    NO
  }

  private final long[] features;
  private Still still = Still.NOT_LOOKED_AT;
  private @Nullable MinuteMovement movement;
  private final byte[] labels;
  private final NavigableMap<Integer, List<Sums>> open;

  Minute() {
    this(new long[SECONDS], new byte[SECONDS], new TreeMap<>());
  }

  private Minute(long[] features, byte[] labels, NavigableMap<Integer, List<Sums>> open) {
    this.features = features;
    this.labels = labels;
    this.open = open;
  }

  long feature(int second) {
    return features[second];
  }

  void copyFeatures(int from, int to, long[] target, int at) {
    System.arraycopy(features, from, target, at, to - from);
  }

  Still still() {
    return still;
  }

  void setStill(boolean value) {
    still = value ? Still.YES : Still.NO;
  }

  /** What was counted last in this minute, or null when it has to be counted; never stored. */
  @Nullable MinuteMovement movement() {
    return movement;
  }

  void setMovement(@Nullable MinuteMovement counted) {
    movement = counted;
  }

  void copyLabels(int from, int count, byte[] target, int at) {
    System.arraycopy(labels, from, target, at, count);
  }

  byte label(int second) {
    return labels[second];
  }

  void setLabel(int second, byte label) {
    labels[second] = label;
  }

  /**
   * Adds the part of a second that one batch holds.
   *
   * @param part is not kept
   */
  Added add(int second, Sums part, Sums scratch) {
    List<Sums> parts = open.get(second);
    if (parts == null && features[second] != 0) {
      return Added.NOTHING;
    }
    if (parts == null && part.isWhole()) {
      setFeature(second, Feature.of(part));
      return Added.FEATURE;
    }
    if (parts == null) {
      parts = new ArrayList<>(2);
      open.put(second, parts);
    }
    for (Sums known : parts) {
      if (Sums.compare(known, part) == 0) {
        return Added.NOTHING;
      }
    }
    parts.add(part.copy());
    parts.sort(Sums::compare);
    if (parts.size() > MOST_PARTS) {
      parts.remove(MOST_PARTS);
    }
    if (Sums.chain(parts, scratch)) {
      open.remove(second);
    }
    long feature = Feature.of(scratch);
    if (feature == features[second]) {
      return Added.PART;
    }
    setFeature(second, feature);
    return Added.FEATURE;
  }

  private void setFeature(int second, long feature) {
    features[second] = feature;
    still = Still.NOT_LOOKED_AT;
  }

  byte[] encode() {
    int parts = 0;
    for (List<Sums> second : open.values()) {
      parts += second.size();
    }
    ByteBuffer out =
        ByteBuffer.allocate(
            3 + SECONDS * (Feature.BYTES + 3) + open.size() * 6 + parts * LARGEST_SUMS);
    out.put((byte) VERSION);
    for (int from = 0, to; from < SECONDS; from = to) {
      to = from + 1;
      while (to < SECONDS && features[to] == features[from]) {
        to++;
      }
      out.put((byte) (to - from - 1));
      out.putShort((short) (features[from] >>> 32)).putInt((int) features[from]);
    }
    for (int from = 0, to; from < SECONDS; from = to) {
      to = from + 1;
      while (to < SECONDS && labels[to] == labels[from]) {
        to++;
      }
      out.put((byte) (to - from - 1)).put(labels[from]);
    }
    out.put((byte) open.size());
    open.forEach(
        (second, list) -> {
          out.put(second.byteValue());
          Varint.put(out, list.size());
          list.forEach(sums -> sums.put(out));
        });
    return Arrays.copyOf(out.array(), out.position());
  }

  static Minute decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION && version != WITHOUT_SHORT_FORM) {
      throw new IllegalStateException("a motion minute of version " + version + " is not known");
    }
    long[] features = new long[SECONDS];
    for (int at = 0, length; at < SECONDS; at += length) {
      length = in.get() + 1;
      long feature = (in.getShort() & 0xFFFFL) << 32 | (in.getInt() & 0xFFFFFFFFL);
      Arrays.fill(features, at, at + length, feature);
    }
    byte[] labels = new byte[SECONDS];
    for (int at = 0, length; at < SECONDS; at += length) {
      length = in.get() + 1;
      Arrays.fill(labels, at, at + length, in.get());
    }
    NavigableMap<Integer, List<Sums>> open = new TreeMap<>();
    for (int left = in.get(); left > 0; left--) {
      int second = in.get();
      int count = Varint.get(in);
      List<Sums> parts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        parts.add(Sums.get(in));
      }
      open.put(second, parts);
    }
    return new Minute(features, labels, open);
  }
}
