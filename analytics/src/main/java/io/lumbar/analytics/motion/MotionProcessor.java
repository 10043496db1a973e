package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.Barrier;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Turns raw motion of thigh and pocket sensors into postures; motion from other placements is kept
 * in its topic and gives none.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class MotionProcessor implements Processor<String, Object, String, Object> {
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> states;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    states = context.getStateStore(Stores.MOTION);
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Barrier) {
      context.forward(record, Nodes.DETECT_SITTING);
      return;
    }
    MotionBatch batch = (MotionBatch) record.value();
    Placement placement = batch.stamp().placement();
    if (placement != Placement.THIGH && placement != Placement.TROUSER_POCKET) {
      return;
    }
    WearerId wearer = new WearerId(record.key());
    String key = WearerPartitioner.key(wearer, batch.stamp().device().value());
    byte[] bytes = states.get(key);
    MotionState state = bytes == null ? MotionState.START : MotionState.decode(bytes);
    MotionPosture.Step step = MotionPosture.advance(state, batch);
    if (!step.state().equals(state)) {
      states.put(key, step.state().encode());
    }
    for (PostureObservation posture : step.postures()) {
      context.forward(
          new Record<>(record.key(), (Object) posture, record.timestamp()), Nodes.DETECT_SITTING);
    }
  }
}
