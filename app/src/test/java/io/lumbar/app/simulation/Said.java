package io.lumbar.app.simulation;

import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Instant;

/**
 * What a device measured or a wearer told.
 *
 * @param value as it stands in the topic, before it is written
 * @param known the instant from which on it can be told
 */
record Said(WearerId wearer, Topic topic, Object value, Instant known) {
  /** As it stands in its topic. */
  byte[] bytes() {
    return value instanceof MotionBatch batch ? MotionCodec.encode(batch) : Json.bytes(value);
  }
}
