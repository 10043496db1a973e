package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How far a wearer's thigh is raised against hanging down, second by second, as the kept motion of
 * thigh and pocket sensors shows it; for detectors that need to know what the legs do.
 *
 * <p>Reads the store of {@link MotionProcessor}, and holds until something is added there: make a
 * new one for every record.
 */
public final class LimbAngles {
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final byte SITS = Labels.of(Posture.SITTING);

  private final List<Sensor> sensors = new ArrayList<>();

  /** The second that was asked for last: several readings of a trunk fall into each. */
  private long asked = Long.MIN_VALUE;

  private double answered = Double.NaN;

  /**
   * Opens the kept motion.
   *
   * @param motion the store of {@link MotionProcessor}
   * @param keys of the wearer's thigh and pocket sensors
   */
  public LimbAngles(KeyValueStore<String, byte[]> motion, Collection<String> keys) {
    keys.stream()
        .sorted(
            Comparator.comparing((String key) -> StoreKeys.stampOf(key).placement())
                .thenComparing(Comparator.naturalOrder()))
        .forEach(key -> sensors.add(new Sensor(motion, key, alike(key, keys))));
  }

  /** Whether the wearer sat in a second since 1970; false where no sensor knows. */
  public boolean sits(long second) {
    for (Sensor sensor : sensors) {
      byte label = sensor.label(second);
      if (Labels.isKnown(label)) {
        return label == SITS;
      }
    }
    return false;
  }

  /** Whether the ten minutes from a time on, in epoch milliseconds, can still be judged. */
  public boolean isKept(long block) {
    long second = Math.floorDiv(block, MILLIS_PER_SECOND);
    return sensors.stream().anyMatch(sensor -> sensor.minutes.isKept(second));
  }

  /** Whether a sensor at a place tells what the thigh does. */
  public static boolean isToldBy(Placement placement) {
    return LimbMotion.judges(placement);
  }

  /**
   * Degrees at a time in epoch milliseconds: 0 hanging down, about 90 on a chair; NaN where no
   * sensor knows. The thigh is believed before the pocket.
   */
  public double at(long millis) {
    long second = Math.floorDiv(millis, MILLIS_PER_SECOND);
    if (second != asked) {
      answered = degrees(second);
      asked = second;
    }
    return answered;
  }

  private double degrees(long second) {
    for (Sensor sensor : sensors) {
      double degrees = sensor.at(second);
      if (!Double.isNaN(degrees)) {
        return degrees;
      }
    }
    return Double.NaN;
  }

  /** What a sensor has learnt of hanging down, to compare; null before anything. */
  public static byte @Nullable [] learnt(KeyValueStore<String, byte[]> motion, String key) {
    return motion.get(key + "|w");
  }

  /** The same of some sensors, as far as they have learnt anything. */
  public static List<byte[]> learnt(KeyValueStore<String, byte[]> motion, List<String> keys) {
    return keys.stream().map(key -> learnt(motion, key)).filter(Objects::nonNull).toList();
  }

  /** Those of some keys that are of the same sensor as it was worn under other zones. */
  public static List<String> alike(String key, Collection<String> keys) {
    String anyZone = anyZone(key);
    return keys.stream()
        .filter(other -> !other.equals(key) && anyZone(other).equals(anyZone))
        .toList();
  }

  private static String anyZone(String key) {
    Stamp stamp = StoreKeys.stampOf(key);
    WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
    return StoreKeys.sensorInAnyZone(wearer, stamp.device(), stamp.placement());
  }

  /** Two states of what a sensor has learnt, to tell where they give other angles. */
  public static final class Change {
    private final Walks before;
    private final Walks after;

    /**
     * Takes the states.
     *
     * @param rest what the same sensor has learnt under other zones
     */
    public Change(
        String key, byte @Nullable [] before, byte @Nullable [] after, List<byte[]> rest) {
      this.before = walks(key, before, rest);
      this.after = walks(key, after, rest);
    }

    /** Whether both give the same angles over [from, to) in epoch milliseconds. */
    public boolean agrees(long from, long to) {
      for (long second = from / MILLIS_PER_SECOND; second < to / MILLIS_PER_SECOND; ) {
        Walks.Reference a = before.at(second);
        Walks.Reference b = after.at(second);
        boolean same = a.up() == null ? b.up() == null : a.up().equals(b.up());
        if (!same) {
          return false;
        }
        second = Math.max(second + 1, Math.min(a.validUntil(), b.validUntil()));
      }
      return true;
    }
  }

  private static Walks walks(String key, byte @Nullable [] learnt, List<byte[]> rest) {
    Walks walks = LimbMotion.walks(StoreKeys.stampOf(key).placement());
    if (learnt != null) {
      walks.decode(learnt);
    }
    walks.know(rest.stream().map(other -> walks(key, other, List.of())).toList());
    return walks;
  }

  /** One sensor, with the reference that was asked for last. */
  private static final class Sensor {
    private final KeptMinutes minutes;
    private final Walks walks;
    private Walks.Reference reference = new Walks.Reference(null, Long.MIN_VALUE);
    private long referenceFrom = Long.MAX_VALUE;
    private long found = Long.MIN_VALUE;
    private @Nullable Minute minute;

    Sensor(KeyValueStore<String, byte[]> motion, String key, List<String> alike) {
      minutes = new KeptMinutes(motion, key);
      walks = walks(key, learnt(motion, key), learnt(motion, alike));
    }

    double at(long second) {
      Minute minute = minute(second);
      long feature = minute == null ? 0 : minute.feature(Math.floorMod(second, Minute.SECONDS));
      Direction up = Feature.tells(feature) ? hangingDown(second) : null;
      return up == null
          ? Double.NaN
          : Direction.of(Feature.x(feature), Feature.y(feature), Feature.z(feature)).degreesTo(up);
    }

    byte label(long second) {
      Minute minute = minute(second);
      return minute == null ? Labels.NONE : minute.label(Math.floorMod(second, Minute.SECONDS));
    }

    private @Nullable Minute minute(long second) {
      long number = Math.floorDiv(second, Minute.SECONDS);
      if (number != found) {
        minute = minutes.find(number);
        found = number;
      }
      return minute;
    }

    private @Nullable Direction hangingDown(long second) {
      if (second < referenceFrom || second >= reference.validUntil()) {
        reference = walks.at(second);
        referenceFrom = second;
      }
      return reference.up();
    }
  }
}
