package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Calibration;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the motion of a wearer's thigh and pocket sensors in a store by the rules of the stream,
 * for what reads it there, without a stream: {@link LimbAngles} then answers as it does in one.
 * Batches and poses may come in any order and more than once.
 */
public final class LimbKeeper {
  private final KeyValueStore<String, byte[]> motion;
  private final WearerId wearer;
  private final CalibrationLog poses;
  private final Map<String, LimbSensor> sensors = new LinkedHashMap<>();

  /**
   * Opens the motion that is kept.
   *
   * @param motion which has no other writer
   */
  public LimbKeeper(KeyValueStore<String, byte[]> motion, WearerId wearer) {
    this.motion = motion;
    this.wearer = wearer;
    poses = new CalibrationLog(motion, wearer.value() + "||poses");
  }

  /**
   * Keeps a batch.
   *
   * @throws IllegalArgumentException when it is of another placement than the thigh or a pocket
   */
  public void add(MotionBatch batch) {
    if (!LimbMotion.judges(batch.stamp().placement())) {
      throw new IllegalArgumentException(
          batch.stamp().placement().wireName() + " is no limb; use thigh or trouser-pocket");
    }
    LimbSensor sensor = sensor(batch.stamp());
    sensor.add(batch);
    spread(sensor);
  }

  /** Takes what the wearer says about a pose; of other placements nothing is learnt. */
  public void add(Calibration pose) {
    if (LimbMotion.judges(pose.placement()) && poses.add(pose)) {
      sensors.forEach(
          (key, sensor) -> {
            Stamp stamp = StoreKeys.stampOf(key);
            sensor.stood(stamp, poses.of(stamp));
            spread(sensor);
          });
    }
  }

  private void spread(LimbSensor sensor) {
    sensor.spread(
        () -> {
          List<String> zones = new ArrayList<>(LimbAngles.alike(sensor.key(), sensors.keySet()));
          zones.add(sensor.key());
          return zones;
        },
        key -> Objects.requireNonNull(sensors.get(key)),
        (other, told) -> {
          // It is in the store, and nobody is told.
        });
  }

  private LimbSensor sensor(Stamp stamp) {
    String key = StoreKeys.sensor(wearer, stamp);
    LimbSensor sensor = sensors.get(key);
    if (sensor == null) {
      List<String> alike = LimbAngles.alike(key, sensors.keySet());
      sensor = new LimbSensor(motion, key, stamp, poses.of(stamp), alike);
      sensors.put(key, sensor);
    }
    return sensor;
  }
}
