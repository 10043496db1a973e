package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Turns raw motion of sensors on the chest, waist and lower back into lying with its position, and
 * into unknown where the trunk is upright: such a sensor does not tell sitting from standing, but
 * its word ends a lie.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class TrunkProcessor implements Processor<String, Object, String, Object> {
  /** Sensors whose recent minutes stay decoded. */
  private static final int SENSORS = 128;

  private final Map<String, TrunkSensor> sensors = new RecentlyUsed<>(SENSORS);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> store;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    store = context.getStateStore(Stores.TRUNK);
    sensors.clear();
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof MotionBatch batch && isTrunk(batch.stamp().placement())) {
      judge(record, batch);
    }
  }

  private void judge(Record<String, Object> record, MotionBatch batch) {
    Stamp stamp = batch.stamp();
    String key = StoreKeys.sensor(new WearerId(record.key()), stamp);
    TrunkSensor sensor = sensors.computeIfAbsent(key, name -> new TrunkSensor(store, name));
    for (PosturesJudged judged : sensor.add(batch)) {
      context.forward(
          new Record<>(record.key(), (Object) judged, record.timestamp()), Nodes.DETECT_SITTING);
    }
  }

  private static boolean isTrunk(Placement placement) {
    return switch (placement) {
      case CHEST, LOWER_BACK, WAIST -> true;
      case THIGH, TROUSER_POCKET, WRIST, ESTIMATED -> false;
    };
  }
}
