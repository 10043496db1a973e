package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All trunk sensors of one wearer in the stream. What one of them shows may change what has to be
 * told of another: a chest and a lower-back sensor measure an arch together.
 *
 * <p>Form in the store: under the wearer's key the sensors' keys, one a line; the rest is {@link
 * TrunkSensor}'s.
 */
final class TrunkSensors {
  private static final int MOST_TOLD = 96;

  private final KeyValueStore<String, byte[]> store;
  private final WearerId wearer;

  /** By key, so that of two sensors at one place always the same one is asked first. */
  private final NavigableMap<String, TrunkSensor> sensors = new TreeMap<>();

  private final Map<Long, BendsJudged> toldBends = new HashMap<>();

  TrunkSensors(KeyValueStore<String, byte[]> store, WearerId wearer) {
    this.store = store;
    this.wearer = wearer;
    byte[] known = store.get(indexKey());
    if (known != null) {
      new String(known, StandardCharsets.UTF_8)
          .lines()
          .forEach(key -> sensors.put(key, new TrunkSensor(store, key)));
    }
  }

  /**
   * What has to be told in place of what was told before.
   *
   * @param bends of some blocks, all of the wearer's sensors together
   */
  record Told(List<PosturesJudged> postures, List<BendsJudged> bends) {}

  /** Takes a batch; returns what has to be told. */
  Told add(MotionBatch batch, long now) {
    TrunkSensor sensor = sensor(StoreKeys.sensor(wearer, batch.stamp()));
    TrunkSensor.Changed changed = sensor.add(batch);
    SortedSet<Long> blocks = changed.postures();
    List<PosturesJudged> judged = new ArrayList<>();
    judge(sensor, blocks, now, judged);
    for (TrunkSensor other : sensors.values()) {
      if (measureTogether(other, sensor)) {
        judge(other, blocks, now, judged);
      }
    }
    return new Told(judged, bends(changed.bends()));
  }

  /** The bends of those blocks of which something else has to be told now. */
  private List<BendsJudged> bends(SortedSet<Long> blocks) {
    List<BendsJudged> judged = new ArrayList<>();
    for (long block : blocks) {
      BendsJudged now = bends(block);
      if (!now.equals(toldBends.put(block, now))) {
        judged.add(now);
      }
    }
    if (toldBends.size() > MOST_TOLD) {
      toldBends.clear();
    }
    return judged;
  }

  /**
   * The bends that begin in a block. In each minute the sensor nearest to the breast bone that was
   * heard is believed, so that no bend counts twice.
   */
  private BendsJudged bends(long block) {
    List<TrunkSensor> byRank =
        sensors.values().stream()
            .filter(sensor -> sensor.judges(block))
            .sorted(Comparator.comparing(sensor -> sensor.stamp().placement()))
            .toList();
    BendsJudged.Builder builder = new BendsJudged.Builder(block);
    for (TrunkSensor sensor : byRank) {
      if (!builder.isWhole()) {
        sensor.bends(block, at -> Double.NaN).ifPresent(one -> builder.add(sensor.stamp(), one));
      }
    }
    return builder.build();
  }

  /** Tells the end of a sensor's measurement, because nothing followed. */
  Optional<PosturesJudged> ended(String key, long now) {
    TrunkSensor sensor = sensor(key);
    return sensor.judge(sensor.lastBlock(), partner(sensor, sensor.lastBlock()), now);
  }

  /** The sensor of a key, which is kept among the wearer's from now on. */
  TrunkSensor sensor(String key) {
    TrunkSensor known = sensors.get(key);
    if (known == null) {
      known = new TrunkSensor(store, key);
      sensors.put(key, known);
      store.put(indexKey(), String.join("\n", sensors.keySet()).getBytes(StandardCharsets.UTF_8));
    }
    return known;
  }

  private void judge(
      TrunkSensor sensor, SortedSet<Long> blocks, long now, List<PosturesJudged> judged) {
    for (long block : blocks) {
      if (sensor.judges(block)) {
        sensor.judge(block, partner(sensor, block), now).ifPresent(judged::add);
      }
    }
  }

  private Optional<TrunkSensor> partner(TrunkSensor sensor, long block) {
    return sensors.values().stream()
        .filter(other -> measureTogether(sensor, other) && other.judges(block))
        .findFirst();
  }

  private static boolean measureTogether(TrunkSensor one, TrunkSensor two) {
    Optional<Placement> wanted = ArchMeter.partnerOf(one.stamp().placement());
    return wanted.equals(Optional.of(two.stamp().placement()));
  }

  private String indexKey() {
    return wearer.value() + "||sensors";
  }
}
