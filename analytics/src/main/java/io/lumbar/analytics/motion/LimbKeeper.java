package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Calibration;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<Stamp, LimbSensor> sensors = new LinkedHashMap<>();

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
    Stamp stamp = batch.stamp();
    LimbSensor sensor = sensors.get(stamp);
    if (sensor == null) {
      sensor = sensor(stamp);
      sensors.put(stamp, sensor);
    }
    sensor.add(batch);
    spread(stamp, sensor);
  }

  /** Takes what the wearer says about a pose; of other placements nothing is learnt. */
  public void add(Calibration pose) {
    if (LimbMotion.judges(pose.placement()) && poses.add(pose)) {
      sensors.forEach(
          (stamp, sensor) -> {
            sensor.stood(stamp, poses.of(stamp));
            spread(stamp, sensor);
          });
    }
  }

  private void spread(Stamp stamp, LimbSensor sensor) {
    Optional<Range> learnt = sensor.learnt();
    if (learnt.isPresent()) {
      sensors.forEach(
          (other, worn) -> {
            if (isAlike(other, stamp)) {
              worn.relearnt(other, keys(alike(other)), learnt.get());
            }
          });
    }
  }

  private List<Stamp> alike(Stamp stamp) {
    return sensors.keySet().stream().filter(other -> isAlike(other, stamp)).toList();
  }

  /** The same sensor under another zone. */
  private static boolean isAlike(Stamp one, Stamp other) {
    return one.device().equals(other.device())
        && one.placement() == other.placement()
        && !one.equals(other);
  }

  private List<String> keys(List<Stamp> stamps) {
    return stamps.stream().map(stamp -> StoreKeys.sensor(wearer, stamp)).toList();
  }

  private LimbSensor sensor(Stamp stamp) {
    String key = StoreKeys.sensor(wearer, stamp);
    return new LimbSensor(motion, key, stamp, poses.of(stamp), keys(alike(stamp)));
  }
}
