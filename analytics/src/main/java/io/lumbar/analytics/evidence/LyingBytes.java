package io.lumbar.analytics.evidence;

import io.lumbar.model.SleepPosition;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@link LyingDetail} in seven bytes: position and 1 (0 none), awake (0 not guessed, 1 asleep, 2
 * awake), head-up and arch as tenths of a degree (-32768 none), confidence in hundredths (-1 none).
 */
final class LyingBytes {
  static final int SIZE = 7;

  private static final SleepPosition[] POSITIONS = SleepPosition.values();
  private static final int ASLEEP = 1;
  private static final int AWAKE = 2;

  private LyingBytes() {}

  static void write(ByteBuffer out, LyingDetail detail) {
    SleepPosition position = detail.position();
    out.put((byte) (position == null ? 0 : position.ordinal() + 1));
    Boolean awake = detail.awake();
    out.put((byte) (awake == null ? 0 : awake ? AWAKE : ASLEEP));
    writeDegrees(out, detail.headUpDegrees());
    writeDegrees(out, detail.archDegrees());
    Double confidence = detail.archConfidence();
    out.put((byte) (confidence == null ? -1 : Math.round(confidence * 100)));
  }

  static LyingDetail read(ByteBuffer in) {
    int position = in.get();
    int awake = in.get();
    Double headUp = readDegrees(in);
    Double arch = readDegrees(in);
    int confidence = in.get();
    return new LyingDetail(
        position == 0 ? null : POSITIONS[position - 1],
        headUp,
        arch,
        confidence < 0 ? null : confidence / 100.0,
        awake == 0 ? null : awake == AWAKE);
  }

  private static void writeDegrees(ByteBuffer out, @Nullable Double degrees) {
    out.putShort(degrees == null ? Short.MIN_VALUE : (short) Math.round(degrees * 10));
  }

  private static @Nullable Double readDegrees(ByteBuffer in) {
    short tenths = in.getShort();
    return tenths == Short.MIN_VALUE ? null : tenths / 10.0;
  }
}
