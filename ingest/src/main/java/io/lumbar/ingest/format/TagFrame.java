package io.lumbar.ingest.format;

import io.lumbar.model.MotionBatch;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One advertisement of a RuuviTag in its data format 5, as Ruuvi publishes it: big-endian fields
 * behind the maker's number, of which only the acceleration is of use here.
 *
 * @param mac the tag's own address, twelve hexadecimal digits
 * @param sequence counts measurements, so that two who hear the same one can tell
 * @param x acceleration in g with gravity, likewise y and z
 */
public record TagFrame(String mac, int sequence, float x, float y, float z) {
  private static final String RUUVI = "9904";
  private static final int FORMAT = 5;
  private static final int LENGTH = 24;
  private static final int ACCELERATION = 7;
  private static final int SEQUENCE = 16;
  private static final int MAC = 18;
  private static final short NOT_MEASURED = Short.MIN_VALUE;
  private static final int NO_SEQUENCE = 0xFFFF;
  private static final int MAKERS_DATA = 0xFF;

  /** Its number comes round after a day, at the shortest; hours of the same number are apart. */
  private static final long SEQUENCE_SECONDS = 21_600;

  /** Reads the maker's data of an advertisement in hexadecimal; null for any other tag's. */
  public static @Nullable TagFrame parse(String manufacturerData) {
    String hex = manufacturerData.trim().toLowerCase(Locale.ROOT);
    if (!hex.startsWith(RUUVI) || hex.length() != RUUVI.length() + 2 * LENGTH) {
      return null;
    }
    byte[] frame;
    try {
      frame = HexFormat.of().parseHex(hex, RUUVI.length(), hex.length());
    } catch (IllegalArgumentException e) {
      return null;
    }
    short x = number(frame, ACCELERATION);
    short y = number(frame, ACCELERATION + 2);
    short z = number(frame, ACCELERATION + 4);
    boolean measured = x != NOT_MEASURED && y != NOT_MEASURED && z != NOT_MEASURED;
    return frame[0] == FORMAT && measured
        ? new TagFrame(
            hex.substring(RUUVI.length() + 2 * MAC).toUpperCase(Locale.ROOT),
            number(frame, SEQUENCE) & 0xFFFF,
            x / 1000f,
            y / 1000f,
            z / 1000f)
        : null;
  }

  /**
   * Reads a whole advertisement in hexadecimal, which is a row of structures of a length, a type
   * and that much data; null when none of them is such a tag's.
   */
  public static @Nullable TagFrame ofAdvertisement(String advertisement) {
    String hex = advertisement.trim();
    try {
      int at = 0;
      while (at + 4 <= hex.length()) {
        int length = HexFormat.fromHexDigits(hex, at, at + 2);
        int end = at + 2 + 2 * length;
        if (length == 0 || end > hex.length()) {
          return null;
        }
        boolean makers = HexFormat.fromHexDigits(hex, at + 2, at + 4) == MAKERS_DATA;
        TagFrame frame = makers ? parse(hex.substring(at + 4, end)) : null;
        if (frame != null) {
          return frame;
        }
        at = end;
      }
    } catch (NumberFormatException e) {
      // No hexadecimal, and so nobody's advertisement.
    }
    return null;
  }

  /**
   * Hands the measurement over as the tag's own, once however many hear it.
   *
   * <p>The number alone does not tell: it begins anew when the battery was out. So what was
   * measured counts too. A tag that gives no number is known by the second it was heard in.
   *
   * @param path where it stands in the upload
   * @param tag the registered tag
   * @param nanos when it was heard, since 1970
   */
  public void keep(String path, Sender tag, long nanos, Intake intake) {
    Instant at = Instant.ofEpochSecond(0, nanos);
    MotionBatch batch =
        new MotionBatch(
            tag.stampAt(at), nanos, new int[1], new float[] {x}, new float[] {y}, new float[] {z});
    intake.keepOnce(
        path,
        batch,
        new Intake.Identity(
            "tag %s %d %s %s %s%s"
                .formatted(
                    tag.device().id(),
                    sequence,
                    x,
                    y,
                    z,
                    sequence == NO_SEQUENCE ? " " + at.getEpochSecond() : ""),
            at.getEpochSecond() / SEQUENCE_SECONDS));
  }

  private static short number(byte[] frame, int at) {
    return (short) (frame[at] << 8 | (frame[at + 1] & 0xFF));
  }
}
