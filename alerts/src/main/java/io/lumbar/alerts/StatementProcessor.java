package io.lumbar.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.AlertInput.Felt;
import io.lumbar.alerts.AlertInput.Tried;
import io.lumbar.model.CheckIn;
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
 * Takes from what wearers told the experiments with alerts, and how they feel. What cannot be read
 * is passed over here: analytics and the history read the same topic and set it aside.
 */
final class StatementProcessor extends ContextualProcessor<String, byte[], String, AlertInput> {
  private static final String EXPERIMENT = "experiment";
  private static final String CHECK_IN = "check-in";

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    WearerId wearer = new WearerId(WearerPartitioner.wearer(record.key()));
    read(wearer, record.value())
        .ifPresent(
            told ->
                context()
                    .forward(
                        record.withKey(wearer.value()).withValue(told), AlertsTopology.POLICY));
  }

  private static Optional<AlertInput> read(WearerId wearer, byte[] value) {
    try {
      JsonNode tree = Json.mapper().readTree(value);
      String kind = tree.path("kind").asText();
      if (kind.equals(CHECK_IN)) {
        return Optional.of(new Felt(wearer, Json.mapper().treeToValue(tree, CheckIn.class)));
      }
      boolean trial =
          kind.equals(EXPERIMENT) && tree.path("change").asText().equals(Change.ALERTS.wireName());
      return trial
          ? Optional.of(new Tried(wearer, Json.mapper().treeToValue(tree, Experiment.class)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
