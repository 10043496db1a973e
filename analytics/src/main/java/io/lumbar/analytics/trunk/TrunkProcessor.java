package io.lumbar.analytics.trunk;

import io.lumbar.analytics.motion.LimbAngles;
import io.lumbar.analytics.stream.Endings;
import io.lumbar.analytics.stream.Forgotten;
import io.lumbar.analytics.stream.LimbRelabelled;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Turns raw motion of sensors on the chest, waist and lower back into lying with its position, and
 * into unknown where the trunk is upright: such a sensor does not tell sitting from standing, but
 * its word ends a lie. When nothing follows, a timer tells where the measurement ended.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class TrunkProcessor implements Processor<String, Object, String, Object> {
  /** Wearers whose sensors' recent minutes stay decoded. */
  private static final int WEARERS = 128;

  private final InstantSource clock;
  private final Map<String, TrunkSensors> wearers = new RecentlyUsed<>(WEARERS);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> store;
  private KeyValueStore<String, byte[]> motion;
  private Endings endings;

  public TrunkProcessor(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    store = context.getStateStore(Stores.TRUNK);
    motion = context.getStateStore(Stores.MOTION);
    wearers.clear();
    endings =
        new Endings(
            context, context.getStateStore(Stores.TRUNK_TIMERS), clock, this::endOf, this::tellEnd);
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof WearerErased gone) {
      wearers.remove(gone.wearer());
      endings.drop(gone.wearer());
    } else if (record.value() instanceof Forgotten old) {
      sensors(old.wearer()).forget(old::covers);
    } else if (record.value() instanceof MotionBatch batch) {
      Placement placement = batch.stamp().placement();
      if (isTrunk(placement)) {
        judge(record, batch);
      } else if (LimbAngles.isToldBy(placement)) {
        WearerId wearer = new WearerId(record.key());
        tell(record, sensors(wearer).addLimb(batch));
      }
    } else if (record.value() instanceof LimbRelabelled limb) {
      tell(record, sensors(new WearerId(record.key())).relabelled(limb));
    } else if (record.value() instanceof Calibration pose) {
      tell(record, sensors(new WearerId(record.key())).add(pose, clock.millis()));
    }
  }

  private void judge(Record<String, Object> record, MotionBatch batch) {
    WearerId wearer = new WearerId(record.key());
    TrunkSensors sensors = sensors(wearer);
    long now = clock.millis();
    tell(record, sensors.add(batch, now));
    String key = StoreKeys.sensor(wearer, batch.stamp());
    OptionalLong ended = sensors.sensor(key).ended();
    if (ended.isPresent() && ended.getAsLong() > now) {
      endings.set(key, ended);
    }
  }

  private void tell(Record<String, Object> record, TrunkSensors.Told told) {
    for (PosturesJudged judged : told.postures()) {
      forward(record.key(), judged, record.timestamp());
    }
    tellBends(record, told.bends());
    for (MovementJudged shifts : told.shifts()) {
      context.forward(
          new Record<>(record.key(), (Object) shifts, record.timestamp()), Nodes.COUNT_STEPS);
    }
    for (CalibrationResult result : told.calibrations()) {
      context.forward(
          new Record<>(result.key(), (Object) result, record.timestamp()), Nodes.TO_CALIBRATIONS);
    }
  }

  private void tellBends(Record<String, Object> record, List<BendsJudged> bends) {
    for (BendsJudged judged : bends) {
      context.forward(
          new Record<>(record.key(), (Object) judged, record.timestamp()), Nodes.COUNT_BENDS);
    }
  }

  private OptionalLong endOf(String sensor) {
    return sensors(wearerOf(sensor)).sensor(sensor).ended();
  }

  private void tellEnd(String sensor, long timestamp) {
    WearerId wearer = wearerOf(sensor);
    for (PosturesJudged judged : sensors(wearer).ended(sensor, clock.millis())) {
      forward(wearer.value(), judged, timestamp);
    }
  }

  private static WearerId wearerOf(String sensor) {
    return new WearerId(WearerPartitioner.wearer(sensor));
  }

  private TrunkSensors sensors(WearerId wearer) {
    return wearers.computeIfAbsent(wearer.value(), name -> new TrunkSensors(store, motion, wearer));
  }

  private void forward(String wearer, PosturesJudged judged, long timestamp) {
    context.forward(new Record<>(wearer, (Object) judged, timestamp), Nodes.DETECT_SITTING);
  }

  /** Whether motion of a placement tells of the trunk. */
  static boolean isTrunk(Placement placement) {
    return switch (placement) {
      case CHEST, LOWER_BACK, WAIST -> true;
      case THIGH, TROUSER_POCKET, WRIST, ESTIMATED -> false;
    };
  }
}
