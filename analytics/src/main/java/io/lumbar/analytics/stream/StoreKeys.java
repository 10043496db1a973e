package io.lumbar.analytics.stream;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.ZoneId;

/** Keys of stores that are read as ranges of time: those of one wearer sort by time. */
public final class StoreKeys {
  /** The stretch of UTC that is one value where data is kept in chunks, in milliseconds. */
  public static final long CHUNK = 600_000L;

  /** A day in milliseconds. */
  public static final long DAY = 86_400_000L;

  private static final String ZEROS = "0000000000000000";
  private static final int CHUNK_DIGITS = 8;

  private StoreKeys() {}

  /** The key of something that starts at an instant in epoch milliseconds. */
  public static String at(String owner, long millis) {
    return numbered(owner, millis, ZEROS.length());
  }

  /** The start, in epoch milliseconds, of what has a key of {@link #at}. */
  public static long startOf(String key) {
    return Long.parseLong(key.substring(key.length() - ZEROS.length()), 16);
  }

  /** The start of the chunk that holds an instant. */
  public static long chunkOf(long millis) {
    return Math.floorDiv(millis, CHUNK) * CHUNK;
  }

  /** The key of a chunk by its start. */
  public static String chunk(WearerId wearer, long start) {
    return numbered(wearer.value(), Math.floorDiv(start, CHUNK), CHUNK_DIGITS);
  }

  /** The start of the chunk that has a key. */
  public static long startOfChunk(String key) {
    return Long.parseLong(key.substring(key.length() - CHUNK_DIGITS), 16) * CHUNK;
  }

  /** The key of a whole UTC day by its start, where days that are over are one value. */
  public static String day(WearerId wearer, long start) {
    // Behind all chunks: p comes after the hexadecimal digits.
    return numbered(wearer.value() + "|p", Math.floorDiv(start, DAY), CHUNK_DIGITS);
  }

  /** The start of the day that has a key. */
  public static long startOfDay(String key) {
    return Long.parseLong(key.substring(key.length() - CHUNK_DIGITS), 16) * DAY;
  }

  /** The key of a sensor as it is worn: {@code wearer|device|placement|zone}. */
  public static String sensor(WearerId wearer, Stamp stamp) {
    return sensorInAnyZone(wearer, stamp.device(), stamp.placement()) + stamp.zone().getId();
  }

  /** What the keys of a sensor begin with, whatever zone it is worn in. */
  public static String sensorInAnyZone(WearerId wearer, DeviceId device, Placement placement) {
    return String.join("|", wearer.value(), device.value(), placement.wireName(), "");
  }

  /** How a sensor is worn, from its key. */
  public static Stamp stampOf(String sensor) {
    String[] parts = sensor.split("\\|", 4);
    return new Stamp(new DeviceId(parts[1]), Placement.of(parts[2]), ZoneId.of(parts[3]));
  }

  private static String numbered(String owner, long number, int digits) {
    String hex = Long.toHexString(number);
    return owner + "|" + ZEROS.substring(ZEROS.length() - digits + hex.length()) + hex;
  }
}
