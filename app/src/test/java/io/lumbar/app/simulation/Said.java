package io.lumbar.app.simulation;

import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Instant;

/**
 * What a device measured or a wearer told.
 *
 * @param value as it stands in the topic, before it is written as JSON
 * @param known the instant from which on it can be told
 */
record Said(WearerId wearer, Topic topic, Object value, Instant known) {}
