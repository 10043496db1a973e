package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.model.Barrier;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Turns raw motion of thigh and pocket sensors into postures and steps; other placements are passed
 * over.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class MotionProcessor implements Processor<String, Object, String, Object> {
  /** Sensors whose recent minutes stay decoded. */
  private static final int SENSORS = 128;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, LimbSensor> sensors = new RecentlyUsed<>(SENSORS);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> states;
  private Timers timers;
  private Wakeup wakeup;

  public MotionProcessor(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    states = context.getStateStore(Stores.MOTION);
    sensors.clear();
    timers = new Timers(context.getStateStore(Stores.MOTION_TIMERS));
    wakeup = new Wakeup(context, this::onWakeup);
    planWakeup();
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Barrier) {
      // What was imported has long ended, and whoever waits for the import wants its end too.
      tellEnded(record.timestamp());
      context.forward(record, Nodes.DETECT_SITTING);
      return;
    }
    if (record.value() instanceof WearerErased gone) {
      sensors.keySet().removeIf(name -> WearerPartitioner.wearer(name).equals(gone.wearer()));
      timers.drop(gone.wearer());
      return;
    }
    MotionBatch batch = (MotionBatch) record.value();
    if (!LimbMotion.judges(batch.stamp().placement())) {
      return;
    }
    String name = StoreKeys.sensor(new WearerId(record.key()), batch.stamp());
    LimbSensor sensor = sensor(name, batch.stamp());
    for (PosturesJudged judged : sensor.add(batch)) {
      forward(record.key(), judged, record.timestamp());
    }
    count(record.key(), sensor, record.timestamp());
    timers.set(name, sensor.due());
    planWakeup();
  }

  private void onWakeup(long systemTime) {
    tellEnded(systemTime);
    planWakeup();
  }

  private void tellEnded(long timestamp) {
    long now = clock.millis();
    for (String due = timers.takeDue(now); due != null; due = timers.takeDue(now)) {
      Stamp stamp = StoreKeys.stampOf(due);
      LimbSensor sensor = sensor(due, stamp);
      OptionalLong really = sensor.due();
      if (really.isPresent() && really.getAsLong() > now) {
        // The time in the store may be an earlier one.
        timers.set(due, really);
        continue;
      }
      PosturesJudged ended = sensor.ended(stamp);
      if (ended != null) {
        String wearer = due.substring(0, due.indexOf('|'));
        forward(wearer, ended, timestamp);
        count(wearer, sensor, timestamp);
      }
    }
  }

  private void planWakeup() {
    timers
        .next()
        .ifPresent(
            next -> {
              Duration wait = Duration.ofMillis(Math.max(1_000, next - clock.millis()));
              wakeup.in(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
            });
  }

  private void forward(String wearer, PosturesJudged judged, long timestamp) {
    context.forward(new Record<>(wearer, (Object) judged, timestamp), Nodes.DETECT_SITTING);
  }

  private void count(String wearer, LimbSensor sensor, long timestamp) {
    for (MovementJudged counted : sensor.counted()) {
      context.forward(new Record<>(wearer, (Object) counted, timestamp), Nodes.COUNT_STEPS);
    }
  }

  private LimbSensor sensor(String name, Stamp stamp) {
    LimbSensor sensor = sensors.get(name);
    if (sensor == null) {
      sensor = new LimbSensor(states, name, stamp);
      sensors.put(name, sensor);
    }
    return sensor;
  }
}
