package io.lumbar.analytics.stream;

import io.lumbar.model.Calibration;
import io.lumbar.model.Json;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a wearer said about poses held: a set by id, of which what supersedes the others counts, and
 * of which the {@value #MOST} newest of each pose are kept for each device as it is worn, in
 * whatever order they came: so a pose that is told every day does not drive out those that are told
 * once. Older ones stay, up to {@value #MOST_AT_ALL} of a pose, as long as their motion may still
 * be judged, for then one that is missing is one that was taken back.
 *
 * <p>Form: a JSON object under the wearer's key with {@code version} 2 and {@code poses}, some 250
 * bytes each: for a device that is worn one way 36 KB where no pose is told more than once a day,
 * and at most 100 KB for each pose that is told all day long; an array of nothing but the poses is
 * read too.
 */
public final class CalibrationLog {
  private static final int VERSION = 2;
  private static final int MOST = 24;
  private static final int MOST_AT_ALL = 400;

  /** More than the days that may still change, unless somebody sets more of them. */
  private static final Duration JUDGED = Duration.ofDays(16);

  private static final Comparator<Calibration> OLDEST_FIRST =
      Comparator.comparing(Calibration::from).thenComparing(Calibration::id);

  private final KeyValueStore<String, byte[]> store;
  private final String key;
  private final Map<String, Calibration> byId = new TreeMap<>();

  /**
   * Opens the poses of a wearer.
   *
   * @param store which has no other writer of {@code key}
   */
  public CalibrationLog(KeyValueStore<String, byte[]> store, String key) {
    this.store = store;
    this.key = key;
    byte[] known = store.get(key);
    if (known != null) {
      for (Calibration one : decode(known)) {
        byId.put(one.id(), one);
      }
    }
  }

  /** Adds a statement; false when nothing changed. */
  public boolean add(Calibration statement) {
    Calibration before = byId.get(statement.id());
    if (before != null && !statement.supersedes(before)) {
      return false;
    }
    byId.put(statement.id(), statement);
    List<Calibration> alike =
        byId.values().stream()
            .filter(one -> isAlike(one, statement))
            .sorted(OLDEST_FIRST.reversed())
            .toList();
    Instant judged = alike.get(0).from().minus(JUDGED);
    for (int i = MOST; i < alike.size(); i++) {
      if (i >= MOST_AT_ALL || alike.get(i).from().isBefore(judged)) {
        byId.remove(alike.get(i).id());
      }
    }
    store.put(key, Json.bytes(new Form(VERSION, List.copyOf(byId.values()))));
    return true;
  }

  private static boolean isAlike(Calibration one, Calibration other) {
    return one.device().equals(other.device())
        && one.placement() == other.placement()
        && one.pose() == other.pose();
  }

  private static List<Calibration> decode(byte[] bytes) {
    if (bytes[0] == '[') {
      return List.of(Json.read(bytes, Calibration[].class));
    }
    Form form = Json.read(bytes, Form.class);
    if (form.version() != VERSION) {
      throw new IllegalStateException(
          "a list of poses of version " + form.version() + " is not known");
    }
    return form.poses();
  }

  private record Form(int version, List<Calibration> poses) {}

  /** The poses that count for a sensor, by time. */
  public List<Calibration> of(Stamp stamp) {
    return told(stamp).stream().filter(one -> !one.revoked()).toList();
  }

  /** The same with those that were taken back. */
  public List<Calibration> told(Stamp stamp) {
    return byId.values().stream()
        .filter(one -> one.device().equals(stamp.device()))
        .filter(one -> one.placement() == stamp.placement())
        .sorted(OLDEST_FIRST)
        .toList();
  }
}
