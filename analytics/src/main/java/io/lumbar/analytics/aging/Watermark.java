package io.lumbar.analytics.aging;

import java.nio.ByteBuffer;

/**
 * How far the data of a wearer reaches, in UTC days counted from 1970.
 *
 * <p>Only what came moves it, so that data of long ago may be the newest there is of a new wearer.
 *
 * @param newest the last day of which a device told something
 * @param heard the last day on which anything was taken, by the broker's clock
 * @param closed days before it were closed, and stay so whatever the horizon is set to
 */
record Watermark(int newest, int heard, int closed) {
  static final int NEVER = Integer.MIN_VALUE / 2;

  static final Watermark NONE = new Watermark(NEVER, NEVER, NEVER);

  private static final byte FORM = 1;
  private static final int BYTES = 13;

  static Watermark of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != FORM) {
      throw new IllegalArgumentException("a watermark of a later version");
    }
    return new Watermark(in.getInt(), in.getInt(), in.getInt());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).put(FORM).putInt(newest).putInt(heard).putInt(closed).array();
  }

  /**
   * With something more that was taken.
   *
   * @param measured the day that a device told of, or {@link #NEVER} when it was the wearer
   * @param on the day on which the broker took it
   */
  Watermark with(long measured, long on) {
    return measured <= newest && on <= heard
        ? this
        : new Watermark((int) Math.max(newest, measured), (int) Math.max(heard, on), closed);
  }

  /** With all days before one closed, as far as anything was told of them. */
  Watermark closedBefore(long day) {
    long last = Math.min(day, newest + 1L);
    return last <= closed || newest == NEVER ? this : new Watermark(newest, heard, (int) last);
  }

  /** The first day that what comes live may still change. */
  long firstOpen(Horizon horizon) {
    return Math.max(closed, (long) newest - horizon.days());
  }

  /** True when nothing came for longer than the horizon is wide. */
  boolean isQuiet(long today, Horizon horizon) {
    return newest != NEVER && today - heard > horizon.days();
  }

  /**
   * The first day of which everything is needed. Of who has gone quiet it moves on with the
   * calendar, so that nothing stays for good; of whom only their own words are known it goes by the
   * calendar always.
   *
   * @param quiet whether it is sure that nothing more waits to be read
   */
  long firstNeeded(long today, Horizon horizon, boolean quiet) {
    long reach = newest == NEVER ? today : quiet ? newest + today - heard : newest;
    return reach - horizon.days();
  }
}
