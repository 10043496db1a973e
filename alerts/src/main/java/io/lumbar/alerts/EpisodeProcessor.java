package io.lumbar.alerts;

import io.lumbar.alerts.AlertInput.EpisodeSeen;
import io.lumbar.model.Episode;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes episodes from those who find them; the markers of importers among them are passed over. */
final class EpisodeProcessor extends ContextualProcessor<String, Object, String, AlertInput> {
  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Episode episode) {
      context()
          .forward(
              record.withKey(episode.wearer().value()).withValue(new EpisodeSeen(episode)),
              AlertsTopology.POLICY);
    }
  }
}
