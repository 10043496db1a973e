package io.lumbar.analytics.stream;

import io.lumbar.model.Calibration;
import io.lumbar.model.Json;
import io.lumbar.model.Stamp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a wearer said about poses held: a set by id, of which what supersedes the others counts, and
 * of which the {@value #MOST} newest are kept, in whatever order they came.
 *
 * <p>Form: a JSON array under the wearer's key, some 250 bytes a pose.
 */
public final class CalibrationLog {
  private static final int MOST = 64;
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
      for (Calibration one : Json.read(known, Calibration[].class)) {
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
    if (byId.size() > MOST) {
      byId.values().stream().min(OLDEST_FIRST).ifPresent(oldest -> byId.remove(oldest.id()));
    }
    store.put(key, Json.bytes(byId.values().toArray(new Calibration[0])));
    return true;
  }

  /** The poses that count for a sensor, by time. */
  public List<Calibration> of(Stamp stamp) {
    return byId.values().stream()
        .filter(one -> !one.revoked())
        .filter(one -> one.device().equals(stamp.device()))
        .filter(one -> one.placement() == stamp.placement())
        .sorted(OLDEST_FIRST)
        .toList();
  }
}
