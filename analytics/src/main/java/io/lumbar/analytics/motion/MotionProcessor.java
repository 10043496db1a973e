package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.stream.Endings;
import io.lumbar.analytics.stream.Forgotten;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.model.Barrier;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw motion of thigh and pocket sensors into postures and steps, with the help of poses that
 * the wearer told of; other placements are passed over. Samples that come for ten minutes which are
 * let go are left out; each such batch gives a dead letter.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class MotionProcessor implements Processor<String, Object, String, Object> {
  /** Sensors whose recent minutes stay decoded. */
  private static final int SENSORS = 128;

  /** Sorts behind all keys of a sensor. */
  private static final String BEHIND_ALL = "~";

  /** As many days of devices as are worth remembering. */
  private static final int MOST_SHOWN = 10_000;

  private final InstantSource clock;
  private final LongAdder closed;
  private final Set<String> shown = new HashSet<>();
  private final Map<String, LimbSensor> sensors = new RecentlyUsed<>(SENSORS);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> states;
  private Endings endings;

  /**
   * Prepares to judge.
   *
   * @param closed counts the batches of which something came for what is let go
   */
  public MotionProcessor(InstantSource clock, LongAdder closed) {
    this.clock = clock;
    this.closed = closed;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    states = context.getStateStore(Stores.MOTION);
    sensors.clear();
    endings =
        new Endings(
            context,
            context.getStateStore(Stores.MOTION_TIMERS),
            clock,
            this::endOf,
            this::tellEnd);
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Barrier) {
      // What was imported has long ended, and whoever waits for the import wants its end too.
      endings.tellDue(record.timestamp());
      context.forward(record, Nodes.DETECT_SITTING);
      return;
    }
    if (record.value() instanceof WearerErased gone) {
      sensors.keySet().removeIf(name -> WearerPartitioner.wearer(name).equals(gone.wearer()));
      endings.drop(gone.wearer());
      return;
    }
    if (record.value() instanceof Forgotten old) {
      forget(old);
      return;
    }
    WearerId wearer = new WearerId(record.key());
    if (record.value() instanceof MotionBatch batch) {
      Stamp stamp = batch.stamp();
      if (LimbMotion.judges(stamp.placement())) {
        LimbSensor sensor = sensor(StoreKeys.sensor(wearer, stamp), stamp);
        Optional<Instant> before = sensor.learntStanding();
        tell(wearer, stamp, sensor, sensor.add(batch), before, record.timestamp());
        refuse(wearer, batch, sensor.leftOut(), record.timestamp());
      }
    } else if (record.value() instanceof Calibration pose) {
      calibrate(wearer, pose, record.timestamp());
    }
  }

  /**
   * Says what came too late to be judged with what was around it: each batch counts, and of a day
   * of a device one is shown, so that a file that comes again writes no thousands.
   */
  private void refuse(WearerId wearer, MotionBatch batch, int leftOut, long timestamp) {
    if (leftOut == 0) {
      return;
    }
    closed.increment();
    long day = Math.floorDiv(batch.startNanos(), Duration.ofDays(1).toNanos());
    if (shown.size() >= MOST_SHOWN) {
      shown.clear();
    }
    if (!shown.add(StoreKeys.sensor(wearer, batch.stamp()) + "|" + day)) {
      return;
    }
    byte[] bytes = MotionCodec.encode(batch);
    DeadLetter letter =
        new DeadLetter(
            context
                .recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("an unknown place"),
            "%d of %d samples are of ten minutes that were judged before and let go; what was told of them stays"
                .formatted(leftOut, batch.size()),
            wearer,
            batch.stamp().device(),
            null,
            bytes.length,
            DeadLetter.sha256(bytes),
            Instant.ofEpochMilli(timestamp));
    context.forward(
        new Record<>(wearer.value(), (Object) letter, timestamp), Nodes.TO_DEAD_LETTERS);
  }

  private void calibrate(WearerId wearer, Calibration pose, long timestamp) {
    CalibrationLog poses = poses(wearer);
    if (!LimbMotion.judges(pose.placement()) || !poses.add(pose)) {
      return;
    }
    for (String name : sensorsOf(wearer, pose)) {
      Stamp stamp = StoreKeys.stampOf(name);
      LimbSensor sensor = sensor(name, stamp);
      Optional<Instant> before = sensor.learntStanding();
      tell(wearer, stamp, sensor, sensor.stood(stamp, poses.of(stamp)), before, timestamp);
      if (before.isPresent() && sensor.learntStanding().isEmpty()) {
        tellStanding(wearer, stamp, null, timestamp);
      }
    }
  }

  /** Sensors that send nothing any more, since they were exchanged or their wearer left. */
  private void forget(Forgotten old) {
    String prefix = old.wearer().value() + "|";
    for (String name : sensorsOf(prefix)) {
      if (name.equals(prefix)) {
        // The poses of all of them.
        continue;
      }
      LimbSensor sensor = sensor(name, StoreKeys.stampOf(name));
      if (sensor.forgetIf(old::covers)) {
        sensors.remove(name);
      }
    }
  }

  /** The sensors of which a pose tells, one for each zone that it was worn in. */
  private List<String> sensorsOf(WearerId wearer, Calibration pose) {
    return sensorsOf(StoreKeys.sensorInAnyZone(wearer, pose.device(), pose.placement()));
  }

  /** The keys of the same sensor as it was worn under any zone. */
  private List<String> zones(String name) {
    Stamp stamp = StoreKeys.stampOf(name);
    WearerId wearer = new WearerId(WearerPartitioner.wearer(name));
    return sensorsOf(StoreKeys.sensorInAnyZone(wearer, stamp.device(), stamp.placement()));
  }

  /** Lets the same sensor under other zones go by what this one has learnt. */
  private void spread(LimbSensor sensor, long timestamp) {
    sensor.spread(
        () -> zones(sensor.key()),
        other -> sensor(other, StoreKeys.stampOf(other)),
        (worn, told) -> {
          String wearer = WearerPartitioner.wearer(worn.key());
          told.forEach(judged -> forward(wearer, judged, timestamp));
          count(wearer, worn, timestamp);
          relabelled(wearer, StoreKeys.stampOf(worn.key()), worn, timestamp);
          endings.set(worn.key(), worn.due());
        });
  }

  private void relabelled(String wearer, Stamp stamp, LimbSensor sensor, long timestamp) {
    sensor
        .relabelled(stamp)
        .ifPresent(
            far ->
                context.forward(
                    new Record<>(wearer, (Object) far, timestamp), Nodes.CLASSIFY_TRUNK));
  }

  private List<String> sensorsOf(String prefix) {
    List<String> names = new ArrayList<>();
    String from = prefix;
    while (!from.isEmpty()) {
      try (KeyValueIterator<String, byte[]> keys = states.range(from, prefix + BEHIND_ALL)) {
        if (keys.hasNext()) {
          String key = keys.next().key;
          names.add(key.substring(0, key.lastIndexOf('|')));
          from = names.get(names.size() - 1) + "|" + BEHIND_ALL;
        } else {
          from = "";
        }
      }
    }
    return names;
  }

  private void tell(
      WearerId wearer,
      Stamp stamp,
      LimbSensor sensor,
      List<PosturesJudged> told,
      Optional<Instant> standingBefore,
      long timestamp) {
    for (PosturesJudged judged : told) {
      forward(wearer.value(), judged, timestamp);
    }
    count(wearer.value(), sensor, timestamp);
    relabelled(wearer.value(), stamp, sensor, timestamp);
    endings.set(StoreKeys.sensor(wearer, stamp), sensor.due());
    spread(sensor, timestamp);
    Optional<Instant> standing = sensor.learntStanding();
    if (standing.isPresent() && !standing.equals(standingBefore)) {
      tellStanding(wearer, stamp, standing.get(), timestamp);
    }
  }

  private void tellStanding(
      WearerId wearer, Stamp stamp, @Nullable Instant standing, long timestamp) {
    CalibrationResult result =
        new CalibrationResult(wearer, stamp.device(), stamp.placement(), standing, null, null);
    context.forward(new Record<>(result.key(), (Object) result, timestamp), Nodes.TO_CALIBRATIONS);
  }

  private OptionalLong endOf(String name) {
    return sensor(name, StoreKeys.stampOf(name)).due();
  }

  private void tellEnd(String name, long timestamp) {
    Stamp stamp = StoreKeys.stampOf(name);
    LimbSensor sensor = sensor(name, stamp);
    String wearer = WearerPartitioner.wearer(name);
    for (PosturesJudged ended : sensor.ended(stamp)) {
      forward(wearer, ended, timestamp);
    }
    count(wearer, sensor, timestamp);
  }

  private void forward(String wearer, PosturesJudged judged, long timestamp) {
    context.forward(new Record<>(wearer, (Object) judged, timestamp), Nodes.DETECT_SITTING);
    context.forward(new Record<>(wearer, (Object) judged, timestamp), Nodes.WATCH_PRESENCE);
  }

  private void count(String wearer, LimbSensor sensor, long timestamp) {
    for (MovementJudged counted : sensor.counted()) {
      context.forward(new Record<>(wearer, (Object) counted, timestamp), Nodes.COUNT_STEPS);
    }
  }

  private CalibrationLog poses(WearerId wearer) {
    return new CalibrationLog(states, wearer.value() + "||poses");
  }

  private LimbSensor sensor(String name, Stamp stamp) {
    LimbSensor sensor = sensors.get(name);
    if (sensor == null) {
      WearerId wearer = new WearerId(WearerPartitioner.wearer(name));
      List<String> alike = zones(name).stream().filter(other -> !other.equals(name)).toList();
      sensor = new LimbSensor(states, name, stamp, poses(wearer).of(stamp), alike);
      sensors.put(name, sensor);
    }
    return sensor;
  }
}
