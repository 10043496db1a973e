package io.lumbar.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.AlertInput.Tried;
import io.lumbar.model.Experiment;
import io.lumbar.model.Experiment.Change;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes from what wearers told the experiments with alerts. What cannot be read is passed over
 * here: analytics and the history read the same topic and set it aside.
 */
final class TrialProcessor extends ContextualProcessor<String, byte[], String, AlertInput> {
  private static final String KIND = "experiment";

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    WearerId wearer = new WearerId(WearerPartitioner.wearer(record.key()));
    read(record.value())
        .ifPresent(
            one ->
                context()
                    .forward(
                        record.withKey(wearer.value()).withValue(new Tried(wearer, one)),
                        AlertsTopology.POLICY));
  }

  private static Optional<Experiment> read(byte[] value) {
    try {
      JsonNode tree = Json.mapper().readTree(value);
      boolean ours =
          tree.path("kind").asText().equals(KIND)
              && tree.path("change").asText().equals(Change.ALERTS.wireName());
      return ours
          ? Optional.of(Json.mapper().treeToValue(tree, Experiment.class))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
